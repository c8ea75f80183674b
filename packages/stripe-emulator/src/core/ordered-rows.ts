/** A stored object with its place in the order of insertion. */
export interface Row<T> {
  readonly sequence: number;
  value: T;
}

/**
 * Rows in the order they were inserted, walked from the newest; finding a place is a bisection. What
 * goes, mostly goes because it is the oldest: such rows only move the start, until half the array is
 * behind it.
 */
export class OrderedRows<T> {
  #rows: (Row<T> | undefined)[] = [];
  #start = 0;

  get size(): number {
    return this.#rows.length - this.#start;
  }

  add(row: Row<T>): void {
    const last = this.#rows.at(-1);
    // An array that grows from nothing has room for seventeen; most rows of an index are alone.
    if (this.#rows.length === 0) this.#rows = [row];
    else if (!last || last.sequence < row.sequence) this.#rows.push(row);
    else this.#rows.splice(this.#placeOf(row.sequence), 0, row);
  }

  remove(row: Row<T>): void {
    const place = this.#placeOf(row.sequence);
    if (this.#rows[place]?.sequence !== row.sequence) return;
    if (place > this.#start) this.#rows.splice(place, 1);
    else this.#dropOldest();
  }

  #dropOldest(): void {
    this.#rows[this.#start] = undefined;
    this.#start++;
    if (this.#start * 2 < this.#rows.length) return;
    this.#rows = this.#rows.slice(this.#start);
    this.#start = 0;
  }

  /** Values inserted before `sequence` (all, when absent), newest first. */
  *newestFirst(before?: number): Generator<T> {
    for (const { value } of this.rowsNewestFirst(before)) yield value;
  }

  *rowsNewestFirst(before = Number.POSITIVE_INFINITY): Generator<Row<T>> {
    for (let place = this.#placeOf(before) - 1; place >= this.#start; place--) {
      const row = this.#rows[place];
      if (row) yield row;
    }
  }

  /** Values inserted after `sequence` (all, when absent), oldest first. */
  *oldestFirst(after = Number.NEGATIVE_INFINITY): Generator<T> {
    for (let place = this.#placeOf(after + 1); place < this.#rows.length; place++) {
      const row = this.#rows[place];
      if (row) yield row.value;
    }
  }

  #placeOf(sequence: number): number {
    let low = this.#start;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#rows[middle]?.sequence ?? 0) < sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
