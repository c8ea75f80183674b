import { expect, type Page } from 'playwright/test';
import { test } from '../test/support/own-app';
import { plan } from '../test/support/plans';
import { beSubscriber } from '../test/support/subscribers';

test.describe.configure({ timeout: 180_000 });

test('the first key leads past the navigation', async ({ page }) => {
  await page.goto('/pricing');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Monthly' })).toBeFocused();
});

test('the keyboard reaches everything in the order it stands in, and shows where it is', async ({
  page,
  context,
  app,
}) => {
  await beSubscriber(context, app);
  const paths = [
    '/',
    '/pricing',
    '/dashboard',
    '/billing',
    `/billing/switch?plan=${plan.name}&interval=year`,
    '/settings',
  ];
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 640 });
    for (const path of paths) {
      await page.goto(path);
      const stops = await tabThrough(page);
      expect(
        stops.map(({ name }) => name),
        path,
      ).toEqual(await reachable(page));
      for (const { name, isMarked, isCovered } of stops) {
        expect({ isMarked, isCovered }, `${path} ${name}`).toEqual({
          isMarked: true,
          isCovered: false,
        });
      }
    }
  }
});

test('billing opens by the keyboard alone', async ({ page, context, app }) => {
  await beSubscriber(context, app);
  await page.goto('/billing');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Manage billing' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Current subscription' })).toBeVisible();
});

test.describe('with colours of their own', () => {
  test.use({ forcedColors: 'active' });

  test('people see where they are, what can be pressed, and what is chosen', async ({ page }) => {
    await page.goto('/pricing');
    const looks = (name: string, property: string) =>
      page
        .getByRole('link', { name, exact: true })
        .evaluate(
          (element, wanted) => getComputedStyle(element).getPropertyValue(wanted),
          property,
        );
    const canvas = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const mark = page.getByRole('navigation').locator('[aria-current="page"] > span');
    await expect(mark).toHaveCSS('border-bottom-width', '2px');
    await expect(mark).not.toHaveCSS('border-bottom-color', canvas);
    expect(await looks('Monthly', 'background-color')).not.toBe(
      await looks('Yearly', 'background-color'),
    );
    const button = page.getByRole('button', { name: 'Subscribe' }).first();
    await expect(button).toHaveCSS('border-top-width', '1px');
    await expect(button).not.toHaveCSS('border-top-color', canvas);
    await button.focus();
    await expect(button).toHaveCSS('outline-style', 'solid');
    await expect(button).not.toHaveCSS('outline-color', canvas);
  });
});

type Stop = { position: number; name: string; isMarked: boolean; isCovered: boolean };

/** Every stop of the Tab key, until it leaves the page or begins again. */
async function tabThrough(page: Page): Promise<Stop[]> {
  const stops: Stop[] = [];
  for (;;) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const { left, top, width, height } = element.getBoundingClientRect();
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const middle = document.elementFromPoint(left + width / 2, top + height / 2);
      return {
        position: [...document.querySelectorAll('*')].indexOf(element),
        name: (element.textContent || element.getAttribute('name')) ?? '',
        isMarked: outlineStyle === 'solid' && Number.parseFloat(outlineWidth) >= 2,
        isCovered: !middle || !(element.contains(middle) || middle.contains(element)),
      };
    });
    if (!stop || stop.position === stops[0]?.position) return stops;
    stops.push(stop);
  }
}

/** What a keyboard has to reach, in the order in which it is read. */
function reachable(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('a[href], button, input:not([type="hidden"]), select')]
      .filter((element) => !element.closest('[inert]') && element.checkVisibility())
      .map((element) => (element.textContent || element.getAttribute('name')) ?? ''),
  );
}
