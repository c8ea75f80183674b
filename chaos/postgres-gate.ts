import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** What happens to a statement on its way to the database or to its answer on the way back. */
export type DatabaseTrouble =
  /** The connection is cut before the statement arrives. */
  | 'cut-before'
  /** The statement is done, and the connection is cut before its answer arrives. */
  | 'cut-after'
  /** The statement waits until it is released. */
  | 'hold'
  /** The statement is done, and its answer waits until it is released. */
  | 'hold-answer';

/** Trouble for the `nth` statement in which `marker` (an event's id, say) occurs, counted from 1. */
export type Plan = { marker: string; nth: number; trouble: DatabaseTrouble };

export interface PostgresGate {
  /** The address of the database through the gate. */
  url: string;
  /** Statements that went through since the last call, transaction control included. */
  takeCount(): number;
  arm(plan: Plan): void;
  /** Forgets what was planned and has not happened yet. */
  disarm(): void;
  /** Lets everything go on that is held. */
  release(): void;
  /** When something last went through, by performance.now(). */
  readonly lastActivity: number;
  /** Statements that were sent and not answered, apart from those that are held. */
  readonly underWay: number;
  close(): Promise<void>;
}

/** A TCP proxy in front of PostgreSQL that understands where one statement ends. */
export async function openPostgresGate(target: string): Promise<PostgresGate> {
  const to = new URL(target);
  const links = new Set<Link>();
  const gate = new Gate();
  const server = createServer({ noDelay: true }, (client) => {
    const link = new Link(client, connect(Number(to.port || 5432), to.hostname), gate);
    links.add(link);
    link.onEnd(() => links.delete(link));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String(address && typeof address === 'object' ? address.port : 0);
  url.searchParams.set('sslmode', 'disable');
  return {
    url: url.href,
    takeCount: () => gate.takeCount(),
    arm: (plan) => gate.plans.push({ ...plan }),
    disarm: () => gate.disarm(),
    release: () => gate.release(),
    get lastActivity() {
      return gate.lastActivity;
    },
    get underWay() {
      return [...links].reduce((sum, link) => sum + Number(link.isBusy), 0);
    },
    async close() {
      gate.release();
      for (const link of links) link.cut();
      server.close();
      await once(server, 'close');
    },
  };
}

class Gate {
  readonly plans: Plan[] = [];
  lastActivity = 0;
  #count = 0;
  #held: (() => void)[] = [];

  note(): void {
    this.lastActivity = performance.now();
  }

  countStatement(): void {
    this.#count++;
  }

  takeCount(): number {
    const count = this.#count;
    this.#count = 0;
    return count;
  }

  /** The trouble that is planned for this statement, used up. */
  troubleFor(statement: Buffer): DatabaseTrouble | undefined {
    for (const plan of this.plans) {
      if (!statement.includes(plan.marker)) continue;
      plan.nth--;
      if (plan.nth > 0) continue;
      this.plans.splice(this.plans.indexOf(plan), 1);
      return plan.trouble;
    }
    return undefined;
  }

  hold(resume: () => void): void {
    this.#held.push(resume);
  }

  disarm(): void {
    this.plans.length = 0;
  }

  release(): void {
    for (const resume of this.#held.splice(0)) resume();
  }
}

const SSL_REQUEST = 80_877_103;

/** One client's connection and the one behind it. */
class Link {
  isBusy = false;
  #greeted = false;
  #unread = Buffer.alloc(0);
  #statement: Buffer[] = [];
  #answer: 'pass' | 'cut' | 'hold' = 'pass';
  #heldAnswer: Buffer[] = [];

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    private readonly gate: Gate,
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
    this.gate.note();
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
    if (type === 'E' || type === 'Q') this.gate.countStatement();
    // A statement ends with Sync or is a simple query; passwords and goodbyes go through at once.
    if ('SQpX'.includes(type)) this.#send(Buffer.concat(this.#statement.splice(0)), type);
    return true;
  }

  #send(statement: Buffer, type: string): void {
    const trouble = 'SQ'.includes(type) ? this.gate.troubleFor(statement) : undefined;
    const forward = () => {
      this.isBusy = 'SQ'.includes(type);
      this.gate.note();
      this.server.write(statement);
    };
    if (trouble === 'cut-before') this.cut();
    else if (trouble === 'hold') this.gate.hold(forward);
    else {
      if (trouble === 'cut-after') this.#answer = 'cut';
      if (trouble === 'hold-answer') this.#answer = 'hold';
      forward();
    }
  }

  #fromServer(data: Buffer): void {
    this.gate.note();
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
      this.gate.hold(() => this.client.write(answer));
    }
  }
}
