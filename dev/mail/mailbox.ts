import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Message } from './message';

/** How many messages are kept; older ones are deleted. */
const CAPACITY = 1_000;

/** The messages caught so far: in memory and, if there is a folder, one JSON file each. */
export class Mailbox {
  /** Oldest first: IDs sort by time of arrival. */
  #messages = new Map<string, Message>();
  #counter = 0;

  /** @param dir the folder of the files, or `memory` for none */
  constructor(private readonly dir: string) {
    if (this.dir === 'memory') return;
    mkdirSync(this.dir, { recursive: true });
    for (const file of readdirSync(this.dir).sort()) {
      if (!file.endsWith('.json')) continue;
      const message: Message = JSON.parse(readFileSync(path.join(this.dir, file), 'utf8'));
      this.#messages.set(message.id, message);
    }
  }

  /** The ID for a message that arrives now. */
  newId(now: Date): string {
    this.#counter += 1;
    return `mail_${now.getTime()}_${String(this.#counter).padStart(6, '0')}`;
  }

  add(message: Message): void {
    this.#messages.set(message.id, message);
    if (this.dir !== 'memory') {
      const file = this.#file(message.id);
      // Written under another name first, so that a crash never leaves half a file.
      writeFileSync(`${file}.new`, JSON.stringify(message));
      renameSync(`${file}.new`, file);
    }
    for (const id of this.#messages.keys()) {
      if (this.#messages.size <= CAPACITY) break;
      this.#remove(id);
    }
  }

  get(id: string): Message | undefined {
    return this.#messages.get(id);
  }

  /** Newest first; with an address, only what was delivered to it, ignoring case. */
  list(to?: string): Message[] {
    const wanted = to?.trim().toLowerCase();
    return [...this.#messages.values()]
      .reverse()
      .filter(
        (message) => !wanted || message.to.some((address) => address.toLowerCase() === wanted),
      );
  }

  reset(): void {
    for (const id of [...this.#messages.keys()]) this.#remove(id);
  }

  #remove(id: string): void {
    this.#messages.delete(id);
    if (this.dir !== 'memory') rmSync(this.#file(id), { force: true });
  }

  #file(id: string): string {
    return path.join(this.dir, `${id}.json`);
  }
}
