import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { withRequestContext } from '../request/context';
import { limitClicks } from './click-limit';

it('keeps one user’s refused clicks from locking out the others behind the same address', async () => {
  const context = {
    id: 'r',
    address: '203.0.113.9',
    databaseFailed: false,
    malformed: false,
    refused: false,
  };
  const eager = randomUUID();
  await withRequestContext(context, async () => {
    const clicks = Array.from({ length: 100 }, () => limitClicks(eager));
    const results = await Promise.allSettled(clicks);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
    await expect(limitClicks(randomUUID())).resolves.toBeUndefined();
  });
});
