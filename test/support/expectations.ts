import { expect, type Page } from 'playwright/test';
import { type ApiRequest, requests } from './emulator';

export async function expectPortalHome(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Current subscription' })).toBeVisible();
}

/** The page says what happened, in words of ours alone, and no button is dead. */
export async function expectProblem(page: Page, ...words: string[]): Promise<void> {
  const alert = page.getByRole('main').getByRole('alert');
  for (const each of words) await expect(alert).toContainText(each);
  await expect(page.locator('button[aria-disabled], button:disabled')).toHaveCount(0);
  const html = await page.content();
  for (const raw of await refusals()) expect(html).not.toContain(raw);
  expect(html).not.toMatch(/StripeError|node_modules|\bat \w+ \(/);
}

/** What Stripe has said in its own words. */
async function refusals(): Promise<string[]> {
  return (await requests()).flatMap((request) => messageIn(request) ?? []);
}

function messageIn({ reply }: ApiRequest): string | undefined {
  const error = fieldOf(reply, 'error');
  const message = fieldOf(error, 'message');
  return typeof message === 'string' ? message : undefined;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
