import type { Socket } from 'node:net';
import type { DatabaseTrouble } from './happenings';

/** What a link asks, and tells, whoever watches over all of them. */
export interface Watch {
  /** Something goes through. */
  note(): void;
  /** A statement goes through, or one that controls a transaction. */
  countStatement(): void;
  /** The trouble that is planned for this statement, used up. */
  troubleFor(statement: Buffer): DatabaseTrouble | undefined;
  /** Keeps something back until it is released. */
  hold(resume: () => void): void;
}

const SSL_REQUEST = 80_877_103;

/** One client's connection, the one behind it, and the trouble that statements meet between. */
export class PostgresLink {
  isBusy = false;
  #greeted = false;
  #unread = Buffer.alloc(0);
  #statement: Buffer[] = [];
  #answer: 'pass' | 'cut' | 'hold' = 'pass';
  #heldAnswer: Buffer[] = [];

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    private readonly watch: Watch,
  ) {
    client.on('data', (data) => this.#fromClient(data));
    server.on('data', (data) => this.#fromServer(data));
    for (const socket of [client, server]) {
      socket.on('error', () => this.cut());
      socket.on('close', () => this.cut());
    }
  }

  onEnd(listener: () => void): void {
    this.client.on('close', listener);
  }

  cut(): void {
    this.isBusy = false;
    this.client.destroy();
    this.server.destroy();
  }

  #fromClient(data: Buffer): void {
    this.watch.note();
    this.#unread = Buffer.concat([this.#unread, data]);
    while (this.#greeted ? this.#readMessage() : this.#readGreeting()) {}
  }

  #readGreeting(): boolean {
    if (this.#unread.length < 8) return false;
    const length = this.#unread.readInt32BE(0);
    if (this.#unread.length < length) return false;
    if (this.#unread.readInt32BE(4) !== SSL_REQUEST) this.#greeted = true;
    this.server.write(this.#unread.subarray(0, length));
    this.#unread = this.#unread.subarray(length);
    return true;
  }

  #readMessage(): boolean {
    if (this.#unread.length < 5) return false;
    const length = 1 + this.#unread.readInt32BE(1);
    if (this.#unread.length < length) return false;
    const type = String.fromCharCode(this.#unread[0] ?? 0);
    this.#statement.push(this.#unread.subarray(0, length));
    this.#unread = this.#unread.subarray(length);
    if (type === 'E' || type === 'Q') this.watch.countStatement();
    // A statement ends with Sync or is a simple query; passwords and goodbyes go through at once.
    if ('SQpX'.includes(type)) this.#send(Buffer.concat(this.#statement.splice(0)), type);
    return true;
  }

  #send(statement: Buffer, type: string): void {
    const trouble = 'SQ'.includes(type) ? this.watch.troubleFor(statement) : undefined;
    const forward = () => {
      this.isBusy = 'SQ'.includes(type);
      this.watch.note();
      this.server.write(statement);
    };
    if (trouble === 'cut-before') this.cut();
    else if (trouble === 'hold') this.watch.hold(forward);
    else {
      if (trouble === 'cut-after') this.#answer = 'cut';
      if (trouble === 'hold-answer') this.#answer = 'hold';
      forward();
    }
  }

  #fromServer(data: Buffer): void {
    this.watch.note();
    // The answer to a statement ends with ReadyForQuery: Z, its length of five, and a status.
    const isEnd = data.length >= 6 && data.readUInt8(data.length - 6) === 'Z'.charCodeAt(0);
    if (isEnd) this.isBusy = false;
    if (this.#answer === 'pass') {
      this.client.write(data);
    } else if (this.#answer === 'cut') {
      if (isEnd) this.cut();
    } else {
      this.#heldAnswer.push(data);
      if (!isEnd) return;
      this.#answer = 'pass';
      const answer = Buffer.concat(this.#heldAnswer.splice(0));
      this.watch.hold(() => this.client.write(answer));
    }
  }
}
