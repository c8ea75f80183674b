/**
 * Runs `work` once at a time for each key. Calls that arrive while it runs wait for the next run,
 * which takes the items of all of them together. No call shares a run that began before it.
 *
 * @param work gets the items of one run; when it throws, all their calls reject
 */
export function coalesce<Item>(
  work: (key: string, items: Item[]) => Promise<void>,
): (key: string, item: Item) => Promise<void> {
  const waiting = new Map<string, Batch<Item> | null>();

  function start(key: string, items: Item[]): Promise<void> {
    waiting.set(key, null);
    return work(key, items).finally(() => {
      const next = waiting.get(key);
      if (next) next.begin(start(key, next.items));
      else waiting.delete(key);
    });
  }

  return (key, item) => {
    const next = waiting.get(key);
    if (next === undefined) return start(key, [item]);
    if (next) {
      next.items.push(item);
      return next.done;
    }
    const batch = createBatch(item);
    waiting.set(key, batch);
    return batch.done;
  };
}

type Batch<Item> = {
  items: Item[];
  done: Promise<void>;
  /** Makes `done` follow this run. */
  begin: (run: Promise<void>) => void;
};

function createBatch<Item>(item: Item): Batch<Item> {
  const { promise: done, resolve: begin } = withResolvers();
  return { items: [item], done, begin };
}

function withResolvers() {
  let resolve: (run: Promise<void>) => void = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
