import { readdirSync, readFileSync } from 'node:fs';
import { startLoopback } from './loopback';
import { resources } from './resources';
console.error = (...a: any[]) => { last = a; };
let last: any;
const lb = await startLoopback();
const { stripe } = lb;
const names = new Set<string>();
for (const f of readdirSync(new URL('./api', import.meta.url))) for (const m of readFileSync(new URL(`./api/${f}`, import.meta.url), 'utf8').matchAll(/^\s+([a-z][a-z_]+):? /gm)) names.add(m[1]!);
const clock = await stripe.testHelpers.testClocks.create({ frozen_time: 1700000000 });
const c = await stripe.customers.create({ payment_method: 'pm_card_visa', invoice_settings: { default_payment_method: 'pm_card_visa' }, test_clock: clock.id });
const p = await stripe.prices.create({ currency: 'usd', unit_amount: 500, recurring: { interval: 'month' }, product_data: { name: 'x' } });
const s = await stripe.subscriptions.create({ customer: c.id, items: [{ price: p.id }], expand: ['latest_invoice'] });
const cp = await stripe.coupons.create({ percent_off: 5 });
const ids: Record<string, string> = { customer: c.id, price: p.id, product: p.product as string, subscription: s.id, subscription_exposed_id: s.id, invoice: (s.latest_invoice as any).id, coupon: cp.id, test_clock: clock.id, item: s.items.data[0]!.id, payment_method: (c.invoice_settings.default_payment_method as string) };
const junk = ['', 'x', '-1', '0', '1', '99999999999999999999', '1.5', 'true', '\u0000', '💥', 'cus_nope', c.id, p.id, s.id, cp.id, 'x'.repeat(6000), 'now', 'none', '1e400', 'NaN'];
let count = 0; const bad = new Map<string, number>();
async function hit(method: string, path: string, body: string) {
  const url = `${lb.url}${path}${method === 'POST' ? '' : `?${body}`}`;
  const r = await fetch(url, { method, headers: { authorization: 'Bearer sk_test_1', ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) }, ...(method === 'POST' ? { body } : {}) });
  count++;
  const text = await r.text();
  if (r.status >= 500) { const k = `${method} ${path} ${String(last?.[0]?.stack ?? text).split('\n').slice(0, 3).join(' | ')}`; if (!bad.has(k)) console.log(body.slice(0, 200), '\n   ', k); bad.set(k, (bad.get(k) ?? 0) + 1); }
  else if (r.status !== 200) { const e = JSON.parse(text).error; if (!e?.message || !e.type) console.log('shape', method, path, text); }
}
const only = process.argv[2];
for (const route of resources.flatMap((r) => r.routes)) {
  if (route.method === 'DELETE') continue;
  const path = '/' + route.segments.map((x) => x.startsWith(':') ? encodeURIComponent(ids[x.slice(1)] ?? 'nope_1') : x).join('/');
  if (only && !path.includes(only)) continue;
  if (path.endsWith('/cancel') || path.endsWith('/detach') || path.endsWith('/advance')) continue;
  // find accepted names
  const accepted: string[] = [];
  for (const n of names) {
    const r = await fetch(`${lb.url}${path}${route.method === 'GET' ? `?${n}[zz]=1` : ''}`, { method: route.method, headers: { authorization: 'Bearer sk_test_1', ...(route.method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) }, ...(route.method === 'POST' ? { body: `${n}[zz]=1` } : {}) });
    const t = await r.text();
    if (!t.includes(`Received unknown parameter: ${n}"`) && !t.includes(`Received unknown parameter: ${n}.`)) accepted.push(n);
  }
  for (const n of accepted) for (const j of junk) {
    const v = encodeURIComponent(j);
    for (const shape of [`${n}=${v}`, `${n}[]=${v}`, `${n}[0][price]=${v}`, `${n}[type]=${v}`, `${n}[enabled]=${v}`]) {
      await hit(route.method, path, shape);
      if (route.method === 'POST') await hit(route.method, path, `customer=${c.id}&currency=usd&${shape}`);
    }
  }
}
console.log(count, 'requests', [...bad.values()].reduce((a, b) => a + b, 0), 'bad');
process.exit(0);
