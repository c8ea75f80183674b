import axe from 'axe-core';
import type { Page } from 'playwright/test';

/**
 * What is wrong with the page as it stands, by the rules of WCAG 2.2 AA and good practice, or only by
 * the one that depends on the theme.
 */
export async function violations(page: Page, rules: 'all' | 'contrast'): Promise<string[]> {
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
