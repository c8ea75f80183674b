export interface Due {
  /** Unix seconds. */
  at: number;
  id: string;
}

interface Node extends Due {
  order: number;
}

/** A binary heap of due times; of equal times the one pushed first comes first. */
export class DueHeap {
  #nodes: Node[] = [];
  #pushed = 0;

  peek(): Due | undefined {
    return this.#nodes[0];
  }

  push(due: Due): void {
    const node: Node = { at: due.at, id: due.id, order: this.#pushed++ };
    let place = this.#nodes.length;
    this.#nodes.push(node);
    while (place > 0) {
      const parentPlace = (place - 1) >>> 1;
      const parent = this.#nodes[parentPlace];
      if (!parent || !isBefore(node, parent)) break;
      this.#nodes[place] = parent;
      place = parentPlace;
    }
    this.#nodes[place] = node;
  }

  pop(): Due | undefined {
    const top = this.#nodes[0];
    const last = this.#nodes.pop();
    if (last && this.#nodes.length > 0) this.#sink(last);
    return top;
  }

  #sink(node: Node): void {
    let place = 0;
    for (;;) {
      const left = this.#nodes[2 * place + 1];
      const right = this.#nodes[2 * place + 2];
      const child = left && right && isBefore(right, left) ? right : left;
      if (!child || !isBefore(child, node)) break;
      this.#nodes[place] = child;
      place = child === right ? 2 * place + 2 : 2 * place + 1;
    }
    this.#nodes[place] = node;
  }
}

function isBefore(a: Node, b: Node): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
