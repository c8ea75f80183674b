/** The emulator's time: real time and an offset that moves when somebody advances it. */
export class EmulatorClock {
  #offset: number;

  /** @param offset seconds ahead of real time */
  constructor(offset = 0) {
    this.#offset = offset;
  }

  get offset(): number {
    return this.#offset;
  }

  set offset(seconds: number) {
    this.#offset = seconds;
  }

  /** Now, in Unix seconds. */
  now(): number {
    return Math.floor(Date.now() / 1000) + this.#offset;
  }

  /** Moves to a time, in Unix seconds; time goes on from there. */
  moveTo(time: number): void {
    this.#offset = time - Math.floor(Date.now() / 1000);
  }
}
