import { expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';
import type { Context } from './context';
import { newThinEvent } from './thin-event';

const running = emulatorForTests();

const MOST_KEPT = 20_000;

function write(ctx: Context, count: number): void {
  for (let at = 0; at < count; at++) ctx.emit('customer.updated', { object: 'customer' });
}

function kept({ world }: Context): number[] {
  return [world.event.size, world._delivery.size];
}

test('so many events are kept and no more', () => {
  running.emulator.run('test', (ctx) => {
    write(ctx, MOST_KEPT + 10);
    expect(kept(ctx)).toEqual([MOST_KEPT, 0]);
  });
});

test('no event is let go of before it was sent for the first time', async () => {
  const { id } = await running.stripe.webhookEndpoints.create({
    url: 'http://127.0.0.1:9/nobody',
    enabled_events: ['*'],
  });
  // In one transaction, as a month of many customers may be: nothing is sent before it ends.
  running.emulator.run('test', (ctx) => {
    write(ctx, MOST_KEPT);
    const all = ctx.world._delivery.size;
    write(ctx, 10);
    expect(kept(ctx)).toEqual([all + 10, all + 10]);

    const tried = { at: 0, status: null, reply: 'Nobody is there.', milliseconds: 0 };
    for (const delivery of [...ctx.world._delivery.walk()]) {
      ctx.world._delivery.put({ ...delivery, attempts: [tried] });
    }
    write(ctx, 1);
    expect(kept(ctx)).toEqual([MOST_KEPT, MOST_KEPT]);
    ctx.world.webhook_endpoint.delete(id);
  });
});

test('so many events that only the second API has are kept and no more', () => {
  running.emulator.run('test', (ctx) => {
    for (let at = 0; at < MOST_KEPT + 10; at++) {
      const type = 'v1.billing.meter.no_meter_found';
      ctx.core.webhooks.publishThin(ctx, newThinEvent(ctx, { type, related_object: null }));
    }
    expect(ctx.world['v2.core.event'].size).toBe(MOST_KEPT);
  });
});
