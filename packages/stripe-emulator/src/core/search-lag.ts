/** What an object was before a change; null: not there yet. */
interface Former {
  /** Milliseconds of real time. */
  at: number;
  value: object | null;
}

/**
 * What search has not noticed yet. At Stripe, search is behind by up to a minute: it finds objects by
 * what they were, and shows them as they are. Changes are noted only while a fault asks for that.
 */
export class SearchLag {
  #former = new Map<string, Former[]>();

  note(world: string, table: string, id: string, former: object | null): void {
    const key = keyOf(world, table, id);
    const changes = this.#former.get(key) ?? [];
    changes.push({ at: Date.now(), value: former });
    this.#former.set(key, changes);
  }

  /** The object as it was so many milliseconds ago; null when it was not there. */
  asOf<T extends { readonly id: string }>(
    world: string,
    table: string,
    present: T,
    milliseconds: number,
  ): T | null {
    const since = Date.now() - milliseconds;
    const change = this.#former.get(keyOf(world, table, present.id))?.find(({ at }) => at > since);
    if (!change) return present;
    return isOf<T>(change.value, present.id) ? change.value : null;
  }

  clear(): void {
    this.#former.clear();
  }
}

function keyOf(world: string, table: string, id: string): string {
  return `${world}\n${table}\n${id}`;
}

/** What was noted under an id of a table was a row of that table. */
function isOf<T extends { readonly id: string }>(value: object | null, id: string): value is T {
  return value !== null && Reflect.get(value, 'id') === id;
}
