import type { Hono } from 'hono';
import { z } from 'zod';
import type { Core } from '../core/core';
import { changeCountryRates, countryRates } from './automatic-tax';

const rates = z
  .record(z.string(), z.number().min(0).max(100).nullable())
  .refine((given) => Object.keys(given).every((country) => /^[A-Z]{2}$/.test(country)), {
    message: 'Countries are named by two capital letters, such as DE.',
  });

/** Adds `/_emulator/tax`: what countries automatic tax is collected in, at which flat rate. */
export function mountTaxControl(app: Hono, core: Core): void {
  app.get('/_emulator/tax', (c) => c.json(countryRates(core.context('test'))));
  app.post('/_emulator/tax', async (c) => {
    const asked = rates.safeParse(await c.req.json().catch(() => undefined));
    if (!asked.success) {
      const message = asked.error.issues.map((issue) => [...issue.path, issue.message].join(': '));
      return c.json({ error: { type: 'invalid_request_error', message: message.join('; ') } }, 400);
    }
    core.transact(() => {
      for (const mode of ['test', 'live']) changeCountryRates(core.context(mode), asked.data);
    });
    return c.json(countryRates(core.context('test')));
  });
}
