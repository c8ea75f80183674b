import { expect, type Page } from 'playwright/test';
import { db } from '@/lib/db';
import { test } from '../test/support/own-app';
import { beAgain, beNewcomer } from '../test/support/subscribers';

test.describe('far away', () => {
  test.use({ timezoneId: 'Pacific/Auckland' });

  test('dates are those of the time zone in which the browser is, and e-mails will have the same', async ({
    page,
    context,
    app,
  }) => {
    const { userId } = await beNewcomer(context, app);
    await page.goto('/pricing');
    // A script of the page sets it.
    await expect.poll(async () => (await context.cookies()).length).toBeGreaterThan(1);
    await page.goto('/settings');
    await expect(page.getByText(/Signed in on .* GMT\+1[23]$/)).toBeVisible();
    const stored = async () =>
      (await db().user.findUniqueOrThrow({ where: { id: userId } })).timeZone;
    await expect.poll(stored).toBe('Pacific/Auckland');
  });
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled, colorScheme: 'light' });

    test('a theme that somebody chose is theirs on every page, until they follow their system again', async ({
      page,
      context,
      app,
    }) => {
      await beNewcomer(context, app);
      await page.goto('/dashboard');
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

    test('a language chosen in the menu is theirs on every page, until they follow their browser again', async ({
      page,
      context,
      app,
    }) => {
      await beNewcomer(context, app);
      await page.goto('/dashboard');
      await chooseInMenu(page, 'Account', 'Deutsch');
      await expect(page.locator('html')).toHaveAttribute('lang', 'de');
      for (const path of ['/settings', '/pricing', '/no-such-page', '/dashboard']) {
        await page.goto(path);
        await expect(page.locator('html'), path).toHaveAttribute('lang', 'de');
        await expect(page.getByRole('link', { name: 'Tarife und Preise' })).toBeVisible();
      }
      await chooseInMenu(page, 'Konto', 'Wie mein Browser');
      await expect(page.locator('html')).toHaveAttribute('lang', 'en');
      await expect(page.getByRole('link', { name: 'Plans and prices' })).toBeVisible();
    });

    test('somebody signs another browser out from theirs', async ({
      page,
      browser,
      baseURL,
      context,
      app,
    }) => {
      const person = await beNewcomer(context, app);
      const elsewhere = await browser.newContext({ baseURL });
      await beAgain(elsewhere, app, person);
      await page.goto('/settings');
      await page.getByRole('button', { name: 'Sign out there' }).click();
      await expect(page.getByRole('main').getByRole('status').first()).toContainText(
        'Browser signed out',
      );
      await expect(page.getByText('Another browser')).toBeHidden();
      const other = await elsewhere.newPage();
      await other.goto('/settings');
      await expect(other).toHaveURL(/\/sign-in/);
    });
  });
}

test('nobody ends the session of somebody else', async ({
  page,
  browser,
  baseURL,
  context,
  app,
}) => {
  await beAgain(await browser.newContext(), app, await beNewcomer(context, app));
  await page.goto('/settings');
  const theirs = page.locator('input[name="session"]');
  const stranger = await browser.newPage({ baseURL });
  const own = await beNewcomer(stranger.context(), app);
  await beAgain(await browser.newContext(), app, own);
  await stranger.goto('/settings');
  await stranger
    .locator('input[name="session"]')
    .evaluate((field, id) => field.setAttribute('value', id), await theirs.inputValue());
  await stranger.getByRole('button', { name: 'Sign out there' }).click();
  await expect(stranger).toHaveURL(/ended=1/);
  await page.reload();
  await expect(page.getByText('Another browser')).toBeVisible();
});

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

async function chooseInMenu(page: Page, menu: string, option: string): Promise<void> {
  await page.getByRole('button', { name: menu }).click();
  await page.getByRole('button', { name: option, exact: true }).click();
}
