/**
 * Runs work one at a time for each key, and together what arrives meanwhile: whoever asks while a
 * key's work is under way waits for the next run, which does it for all of them at once. Nobody
 * shares a run that had begun before they asked.
 *
 * @param work does it for the items of all who asked; what it throws, all of them get
 */
export function createCoalescer<Item>(
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
  /** Says which run `done` follows. */
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
