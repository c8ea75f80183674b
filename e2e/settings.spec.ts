import { type BrowserContext, expect, type Page } from 'playwright/test';
import { test } from '../test/support/own-app';
import { signIn, signInAsNewcomer } from '../test/support/people';

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled, colorScheme: 'light' });

    test('a theme that somebody chose is theirs on every page, until they follow their system again', async ({
      page,
    }) => {
      await signInAsNewcomer(page);
      const light = await lookOf(page);
      await chooseTheme(page, 'Dark');
      const dark = await lookOf(page);
      expect(dark).not.toEqual(light);
      for (const path of ['/dashboard', '/pricing', '/', '/no-such-page']) {
        await page.goto(path);
        expect(await lookOf(page), path).toEqual(dark);
      }
      await chooseTheme(page, 'As my system says');
      expect(await lookOf(page)).toEqual(light);
    });

    test('somebody signs another browser out from theirs', async ({ page, browser, baseURL }) => {
      const { email } = await signInAsNewcomer(page);
      const other = await signedInElsewhere(await browser.newContext({ baseURL }), email);
      await page.goto('/settings');
      await page.getByRole('button', { name: 'Sign out there' }).click();
      await expect(page.getByRole('main').getByRole('status').first()).toContainText(
        'Browser signed out',
      );
      await expect(page.getByText('Another browser')).toBeHidden();
      await other.goto('/settings');
      await expect(other).toHaveURL(/\/sign-in/);
    });

    test('nobody ends the session of somebody else', async ({ page, browser, baseURL }) => {
      const { email } = await signInAsNewcomer(page);
      await signedInElsewhere(await browser.newContext({ baseURL }), email);
      await page.goto('/settings');
      const theirs = page.locator('input[name="session"]');
      const stranger = await browser.newPage({ baseURL });
      const own = await signInAsNewcomer(stranger);
      await signedInElsewhere(await browser.newContext({ baseURL }), own.email);
      await stranger.goto('/settings');
      await stranger
        .locator('input[name="session"]')
        .evaluate((field, id) => field.setAttribute('value', id), await theirs.inputValue());
      await stranger.getByRole('button', { name: 'Sign out there' }).click();
      await expect(stranger).toHaveURL(/ended=1/);
      await page.reload();
      await expect(page.getByText('Another browser')).toBeVisible();
    });
  });
}

/** What the theme decides: the colours of the page. */
function lookOf(page: Page) {
  return page.evaluate(() => {
    const { backgroundColor, color } = getComputedStyle(document.documentElement);
    return { backgroundColor, color };
  });
}

async function chooseTheme(page: Page, theme: string): Promise<void> {
  await page.goto('/settings');
  await page.getByLabel('Theme').selectOption(theme);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('main').getByRole('status').first()).toContainText('Saved');
}

async function signedInElsewhere(context: BrowserContext, email: string): Promise<Page> {
  const page = await context.newPage();
  await signIn(page, email);
  return page;
}
