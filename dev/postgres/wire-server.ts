import { createServer, type Server, type Socket } from 'node:net';
import type { PGlite } from '@electric-sql/pglite';

const PROTOCOL_3 = 196_608;
const CANCEL_REQUEST = 80_877_102;
const SSL_REQUEST = 80_877_103;
const GSS_REQUEST = 80_877_104;

/**
 * Serves one embedded database to any number of clients over PostgreSQL's wire protocol.
 *
 * The database has a single session, so clients take turns. A turn is everything up to the client's next
 * Sync or simple query, and lasts until its transaction ends. So one client's messages are never mixed
 * with another's, and the transaction of a client that disconnects is rolled back. Prepared statements
 * are renamed, because clients choose the same names.
 *
 * Unlike with a real server, clients share settings made with SET and session-level advisory locks, and
 * an open transaction blocks all others: so one that is left idle is ended, and the log says whose it was.
 *
 * @param options.idleInTransactionMilliseconds how long a client may keep a transaction open without
 *   sending anything
 */
export function createWireServer(
  database: PGlite,
  { idleInTransactionMilliseconds = 20_000 } = {},
): Server {
  const turns = new Turns();
  const greeting = Buffer.from(database.execProtocolRawSync(startupMessage()));
  return createServer(
    { noDelay: true },
    (socket) => new Client(socket, database, turns, greeting, idleInTransactionMilliseconds),
  );
}

/** Hands out turns at the database: one at a time, first come, first served. */
class Turns {
  #waiting: (() => void)[] = [];
  #taken = false;

  take(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#next();
    });
  }

  giveBack(): void {
    this.#taken = false;
    this.#next();
  }

  #next(): void {
    if (this.#taken) return;
    const next = this.#waiting.shift();
    if (!next) return;
    this.#taken = true;
    next();
  }
}

class Client {
  static #statements = 0;
  #unread: Buffer = Buffer.alloc(0);
  /** Complete messages, waiting for the Sync or Flush that executes them. */
  #batch: Buffer[] = [];
  #started = false;
  #gone = false;
  #hasTurn = false;
  /** Set while the client has a transaction open and sends nothing. */
  #idle: NodeJS.Timeout | undefined;
  /** What the client calls itself, for the log. */
  #application = 'a client without a name';
  /** The client's names of prepared statements, and ours. */
  #names = new Map<string, string>();
  /** Resolves when all work so far is done; the next piece is chained to it. */
  #work: Promise<void> = Promise.resolve();

  constructor(
    private readonly socket: Socket,
    private readonly database: PGlite,
    private readonly turns: Turns,
    private readonly greeting: Uint8Array,
    private readonly idleLimit: number,
  ) {
    socket.on('data', (data) => {
      clearTimeout(this.#idle);
      this.#unread = Buffer.concat([this.#unread, data]);
      this.#read();
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clearTimeout(this.#idle);
      this.#gone = true;
      this.#then(() => this.#cleanUp());
    });
  }

  #read(): void {
    while (this.#started ? this.#readMessage() : this.#readStartup()) {}
  }

  #readStartup(): boolean {
    if (this.#unread.length < 8) return false;
    const length = this.#unread.readInt32BE(0);
    if (this.#unread.length < length) return false;
    const code = this.#unread.readInt32BE(4);
    const parameters = this.#unread.toString('utf8', 8, length).split('\0');
    this.#unread = this.#unread.subarray(length);
    if (code === SSL_REQUEST || code === GSS_REQUEST) {
      this.socket.write('N');
    } else if (code === PROTOCOL_3) {
      this.#started = true;
      const name = parameters.indexOf('application_name');
      if (name >= 0 && parameters[name + 1]) this.#application = parameters[name + 1] ?? '';
      this.socket.write(this.greeting);
    } else {
      if (code !== CANCEL_REQUEST)
        console.error(`PostgreSQL stand-in: unknown startup code ${code}.`);
      this.socket.destroy();
      return false;
    }
    return true;
  }

  #readMessage(): boolean {
    if (this.#unread.length < 5) return false;
    const length = 1 + this.#unread.readInt32BE(1);
    if (this.#unread.length < length) return false;
    const message = this.#unread.subarray(0, length);
    this.#unread = this.#unread.subarray(length);
    const type = messageType(message);
    if (type === 'X') {
      this.socket.end();
      return false;
    }
    this.#batch.push(this.#rename(type, message));
    if ('QSFH'.includes(type)) {
      const batch = Buffer.concat(this.#batch);
      this.#batch = [];
      this.#then(() => this.#execute(batch, type !== 'H'));
    }
    return true;
  }

  #then(piece: () => Promise<void>): void {
    this.#work = this.#work.then(piece).catch((error: unknown) => {
      console.error('PostgreSQL stand-in:', error);
      this.socket.destroy();
    });
  }

  async #execute(batch: Buffer, complete: boolean): Promise<void> {
    clearTimeout(this.#idle);
    if (this.#gone) return;
    await this.#takeTurn();
    if (!this.database.ready) return void this.socket.destroy();
    this.socket.write(this.database.execProtocolRawSync(batch));
    if (complete && !this.database.isInTransaction()) this.#giveTurnBack();
    else if (complete) this.#idle = setTimeout(() => this.#endIdle(), this.idleLimit).unref();
  }

  /** As PostgreSQL's idle_in_transaction_session_timeout does. Closing the socket rolls back. */
  #endIdle(): void {
    console.error(
      `PostgreSQL stand-in: ended ${this.#application} (port ${this.socket.remotePort}), which left a transaction open for ${this.idleLimit / 1000} seconds while all others waited.`,
    );
    this.socket.write(
      frame(
        'E',
        Buffer.from(
          'SFATAL\0VFATAL\0C25P03\0Mterminating connection due to idle-in-transaction timeout\0\0',
        ),
      ),
    );
    this.socket.end();
    this.socket.destroySoon();
  }

  async #cleanUp(): Promise<void> {
    if (!this.#hasTurn && this.#names.size === 0) return;
    await this.#takeTurn();
    if (!this.database.ready) return;
    const closes = [...this.#names.values()].map((name) => frame('C', Buffer.from(`S${name}\0`)));
    this.database.execProtocolRawSync(Buffer.concat([...closes, frame('S', Buffer.alloc(0))]));
    if (this.database.isInTransaction()) {
      this.database.execProtocolRawSync(frame('Q', Buffer.from('ROLLBACK\0')));
    }
    this.#giveTurnBack();
  }

  async #takeTurn(): Promise<void> {
    if (this.#hasTurn) return;
    await this.turns.take();
    this.#hasTurn = true;
  }

  #giveTurnBack(): void {
    this.#hasTurn = false;
    this.turns.giveBack();
  }

  /** Replaces the client's name of a prepared statement by ours. */
  #rename(type: string, message: Buffer): Buffer {
    const start = type === 'P' ? 5 : type === 'B' ? message.indexOf(0, 5) + 1 : 6;
    const namesOne =
      'PB'.includes(type) || ('DC'.includes(type) && message[5] === 'S'.charCodeAt(0));
    const end = message.indexOf(0, start);
    if (!namesOne || end === start) return message;
    const theirs = message.toString('utf8', start, end);
    const ours = this.#names.get(theirs) ?? `client_${Client.#statements++}`;
    this.#names.set(theirs, ours);
    return frame(
      type,
      Buffer.concat([message.subarray(5, start), Buffer.from(ours), message.subarray(end)]),
    );
  }
}

function messageType(message: Buffer): string {
  return message.toString('latin1', 0, 1);
}

function frame(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}

function startupMessage(): Buffer {
  const body = Buffer.from('\0\0\0\0\0\0\0\0user\0postgres\0database\0postgres\0\0');
  body.writeInt32BE(body.length, 0);
  body.writeInt32BE(PROTOCOL_3, 4);
  return body;
}
