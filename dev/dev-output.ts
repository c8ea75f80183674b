/** Next's output: held back until the banner is printed or something fails, then passed on. */
export class DevOutput {
  #held: string[] | undefined = [];

  add(line: string): void {
    if (this.#held) this.#held.push(line);
    else console.log(line);
  }

  /** Prints what was held back, or only the warnings and errors in it, and holds back no more. */
  release(what: 'everything' | 'warnings'): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const line of held) {
      if (what === 'everything' || /error|warn|⨯|⚠/i.test(line)) console.log(line);
    }
  }
}
