import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

/**
 * `npm run load -w stripe-emulator [-- OPTION…]`: what the command takes, in time and memory, for
 * 56,000 reads and 17,000 writes over 16 connections. Options are the command's own; without any, the
 * state is in memory.
 */

const CONNECTIONS = 16;
const READS = 56_000;
/** As the SDK does, each write has an idempotency key: its reply is kept, too. */
const WRITES = 17_000;
/** A customer who subscribes takes six writes, with the objects and events of a whole sale. */
const SALES = 1_000;

const ready = z.object({ url: z.string() });
const created = z.object({ id: z.string() });

async function main(): Promise<void> {
  const typed = process.argv.slice(2);
  const options = typed.length > 0 ? typed : ['--memory'];
  const command = join(import.meta.dirname, '../bin/stripe-emulator.js');
  const child = spawn(process.execPath, [command, '--port', '0', '--json', ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = await once(child.stdout, 'data');
    const { url } = ready.parse(JSON.parse(String(line)));
    const megabytes = () => Math.round(residentKilobytes(child.pid ?? 0) / 1024);
    console.log(`${megabytes()} MB at the start`);
    const client = new Client(url);
    const price = await client.post('/v1/prices', PRICE);

    const sales = Array.from({ length: SALES }, () => async () => {
      const customer = await client.post('/v1/customers', CUSTOMER);
      await client.post('/v1/subscriptions', `customer=${customer}&items[0][price]=${price}`);
      await client.post(`/v1/customers/${customer}`, 'metadata[plan]=pro');
      await client.post('/v1/payment_intents', `amount=1200&currency=usd&customer=${customer}`);
      await client.post('/v1/invoiceitems', `amount=500&currency=usd&customer=${customer}`);
      await client.post('/v1/invoices', `customer=${customer}`);
    });
    report('sales of six writes', await atOnce(sales), megabytes());
    const writes = Array.from({ length: WRITES - 6 * SALES }, (_, at) => async () => {
      await client.post('/v1/customers', `email=person${at}@example.com&metadata[user]=${at}`);
    });
    report('writes', await atOnce(writes), megabytes());
    const reads = Array.from({ length: READS }, (_, at) => () => client.read(at));
    report('reads', await atOnce(reads), megabytes());
  } finally {
    child.kill();
    await once(child, 'exit');
  }
}

const PRICE = 'currency=usd&unit_amount=1200&recurring[interval]=month&product_data[name]=Pro';
const CUSTOMER =
  'email=ada@example.com&payment_method=pm_card_visa&invoice_settings[default_payment_method]=pm_card_visa';

class Client {
  #agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  #url: string;
  #made: string[] = [];
  #keys = 0;

  constructor(url: string) {
    this.#url = url;
  }

  /** @returns the ID of what was made */
  async post(path: string, body: string): Promise<string> {
    const key = `load-${this.#keys++}`;
    const { id } = created.parse(JSON.parse(await this.#send('POST', path, body, key)));
    if (path === '/v1/customers') this.#made.push(id);
    return id;
  }

  async read(at: number): Promise<void> {
    const isList = at % 10 === 0;
    const id = this.#made[at % this.#made.length];
    await this.#send('GET', isList ? '/v1/customers?limit=3' : `/v1/customers/${id}`);
  }

  async #send(method: string, path: string, body?: string, key?: string): Promise<string> {
    const headers = {
      authorization: 'Bearer sk_test_load',
      ...(key && { 'idempotency-key': key }),
      ...(body && { 'content-type': 'application/x-www-form-urlencoded' }),
    };
    const sent = request(this.#url + path, { method, headers, agent: this.#agent });
    sent.end(body);
    const [response] = await once(sent, 'response');
    const reply = await text(response);
    if (response.statusCode !== 200) throw new Error(`${method} ${path}: ${reply}`);
    return reply;
  }
}

/** Does all of it, so many at a time. @returns how many were done in a second */
async function atOnce(work: (() => Promise<void>)[]): Promise<number> {
  const begun = performance.now();
  const queue = work.values();
  const worker = async () => {
    for (const one of queue) await one();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  return (work.length * 1000) / (performance.now() - begun);
}

function residentKilobytes(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }));
}

function report(what: string, perSecond: number, megabytes: number): void {
  console.log(`${Math.round(perSecond)} ${what} a second; then ${megabytes} MB`);
}

await main();
