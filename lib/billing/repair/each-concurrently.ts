/**
 * Runs work for each item, several at a time. Once one fails or the signal is aborted, no further
 * item is started.
 *
 * @throws the first failure, or the signal's reason, after everything that was started has ended
 */
export async function eachConcurrently<Item>(
  items: readonly Item[],
  { limit, signal }: { limit: number; signal: AbortSignal | undefined },
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const workers = Array.from({ length: limit }, async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      try {
        signal?.throwIfAborted();
        await work(item);
      } catch (error) {
        waiting.length = 0;
        throw error;
      }
    }
  });
  for (const end of await Promise.allSettled(workers)) {
    if (end.status === 'rejected') throw end.reason;
  }
}
