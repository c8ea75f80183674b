import axe from 'axe-core';
import { expect, type Page } from 'playwright/test';

const looks = [
  { size: { width: 1280, height: 800 }, colorScheme: 'light', rules: 'all' },
  // A small phone, and any window at 400 %.
  { size: { width: 320, height: 256 }, colorScheme: 'dark', rules: 'contrast' },
] as const;

/** Looks at the open page by every rule, and once more at its colours in the other theme and size. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const { size, colorScheme, rules } of looks) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    const seen = `${page.url()}, ${colorScheme}, at ${size.width}`;
    expect(await sidewaysScroll(page), seen).toBe(0);
    expect(await violations(page, rules), seen).toEqual([]);
  }
}

/**
 * What is wrong with the page as it stands, by the rules of WCAG 2.2 AA and good practice, or only by
 * the one that depends on the theme.
 */
async function violations(page: Page, rules: 'all' | 'contrast'): Promise<string[]> {
  // Runs as the developer tools would, since the page's policy lets no script in.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const results = await page.evaluate<axe.AxeResults>(
    `axe.run(document, ${JSON.stringify({ runOnly: runOnly[rules], resultTypes: ['violations'] })})`,
  );
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary}`,
    ),
  );
}

const runOnly = {
  all: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  contrast: { type: 'rule', values: ['color-contrast'] },
};

/** By how many pixels the page has to be scrolled sideways to be read. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
}
