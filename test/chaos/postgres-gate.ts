import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { DatabaseTrouble } from './happenings';
import { PostgresLink, type Watch } from './postgres-link';

/** Trouble for the `nth` statement in which one of the ids occurs, counted from 1. */
export type Plan = { ids: readonly string[]; nth: number; trouble: DatabaseTrouble };

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
  /** Whether a statement or an answer is held up. */
  readonly isHolding: boolean;
  close(): Promise<void>;
}

/**
 * A TCP proxy in front of PostgreSQL that understands where one statement ends.
 *
 * @param target the address of the database
 * @param onTrouble is told when planned trouble happens
 */
export async function openPostgresGate(
  target: string,
  onTrouble: (trouble: DatabaseTrouble) => void = () => {},
): Promise<PostgresGate> {
  const to = new URL(target);
  const links = new Set<PostgresLink>();
  const gate = new Gate(onTrouble);
  const server = createServer({ noDelay: true }, (client) => {
    const link = new PostgresLink(client, connect(Number(to.port || 5432), to.hostname), gate);
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
    get isHolding() {
      return gate.isHolding;
    },
    async close() {
      gate.release();
      for (const link of links) link.cut();
      server.close();
      await once(server, 'close');
    },
  };
}

class Gate implements Watch {
  readonly plans: Plan[] = [];
  lastActivity = 0;
  #count = 0;
  #held: (() => void)[] = [];

  constructor(private readonly onTrouble: (trouble: DatabaseTrouble) => void) {}

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
      if (!plan.ids.some((id) => statement.includes(id))) continue;
      plan.nth--;
      if (plan.nth > 0) continue;
      this.plans.splice(this.plans.indexOf(plan), 1);
      this.onTrouble(plan.trouble);
      return plan.trouble;
    }
    return undefined;
  }

  get isHolding(): boolean {
    return this.#held.length > 0;
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
