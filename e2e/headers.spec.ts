import { expect, type Page } from 'playwright/test';
import { test } from '../test/support/own-app';
import { signInAsNewcomer } from '../test/support/people';
import { plan } from '../test/support/plans';
import { beNewcomer, beSubscriber } from '../test/support/subscribers';

/** Pages that are built ahead. */
const built = ['/', '/pricing', '/pricing?interval=year', '/sign-in'];
const open = [...built, '/pricing?code=NONE', '/sign-in?error=other', '/no-such-page', '/no.html'];
const behindSignIn = [
  '/dashboard',
  '/billing',
  `/billing/switch?plan=${plan.name}&interval=year`,
  '/settings',
];

test('a page runs only the scripts that it came with, and nothing unsafe', async ({ request }) => {
  for (const path of open) {
    const policies = [await policyOf(path), await policyOf(path)];
    const isBuilt = built.includes(path);
    for (const policy of policies) {
      expect(policy, path).toMatch(
        isBuilt
          ? /script-src 'self'( 'sha256-[^']+')+;/
          : /script-src 'self' 'nonce-[^']+' 'strict-dynamic';/,
      );
      expect(policy, path).not.toContain('unsafe');
      expect(policy, path).toContain("frame-ancestors 'none'");
      expect(policy, path).toMatch(/form-action 'self' http/);
    }
    expect(policies[0] === policies[1], path).toBe(isBuilt);
  }

  async function policyOf(path: string): Promise<string> {
    return (await request.get(path)).headers()['content-security-policy'] ?? '';
  }
});

test('everything carries the headers that never change', async ({ page, request }) => {
  await page.goto('/');
  const stylesheet = await page.locator('link[rel="stylesheet"]').first().getAttribute('href');
  for (const path of ['/', '/no-such-page', '/api/auth/csrf', stylesheet ?? '']) {
    const headers = (await request.get(path)).headers();
    expect(headers, path).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('payment=()'),
    });
    expect(headers, path).not.toHaveProperty('x-powered-by');
  }
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });

    test('no page breaks its own policy', async ({ page, context, app }) => {
      const violations = watchViolations(page, app.url);
      for (const path of open) await look(path);
      await beSubscriber(context, app);
      for (const path of [...built, ...behindSignIn]) await look(path);
      expect(violations).toEqual([]);

      async function look(path: string): Promise<void> {
        await page.goto(path, { waitUntil: 'load' });
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        if (!javaScriptEnabled) return;
        await expect.poll(() => isHydrated(page), { message: path }).toBe(true);
      }
    });
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a form of ours may end at Stripe', async ({ page, context, app }) => {
    await beNewcomer(context, app);
    await page.goto('/pricing');
    await page.getByRole('button', { name: 'Subscribe' }).first().click();
    await expect(page.getByLabel('Card number')).toBeVisible();
    expect(new URL(page.url()).origin).not.toBe(app.url);
  });
});

test('a script that was smuggled into a page does not run', async ({ page }) => {
  await page.goto('/pricing');
  const violation = nextViolation(page);
  await page.evaluate(() => {
    document.body.insertAdjacentHTML(
      'beforeend',
      '<img src="/no.png" alt="" onerror="document.title = \'smuggled\'">',
    );
  });
  expect(await violation).toMatch(/^script-src/);
  await expect(page).not.toHaveTitle('smuggled');
});

test('a form that was smuggled into a page leads nowhere', async ({ page }) => {
  await page.goto('/pricing');
  const violation = nextViolation(page);
  await page.evaluate(() => {
    const form = document.createElement('form');
    form.action = 'https://example.com/';
    document.body.append(form);
    form.submit();
  });
  expect(await violation).toBe('form-action');
  expect(await page.evaluate(() => location.pathname)).toBe('/pricing');
});

test('the session is kept in a cookie that no script can read', async ({ page, context }) => {
  await signInAsNewcomer(page);
  const cookies = await context.cookies();
  const session = cookies.find(({ name }) => name.endsWith('next-auth.session-token'));
  expect(session).toMatchObject({
    httpOnly: true,
    sameSite: 'Lax',
    secure: new URL(page.url()).protocol === 'https:',
  });
});

/** Everything that the browser complains of on any page from now on. */
function watchViolations(page: Page, ours: string): string[] {
  const violations: string[] = [];
  page.on('console', (message) => {
    const isOurs = new URL(page.url()).origin === ours;
    if (isOurs && /content.security.policy/i.test(message.text())) violations.push(message.text());
  });
  return violations;
}

/** The directive that is broken next. */
function nextViolation(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        document.addEventListener(
          'securitypolicyviolation',
          ({ effectiveDirective }) => resolve(effectiveDirective),
          { once: true },
        );
      }),
  );
}

/** Whether React has taken the page over: it marks the elements that it knows. */
function isHydrated(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const links = [...document.querySelectorAll('a')];
    return links.some((link) => Object.keys(link).some((key) => key.startsWith('__react')));
  });
}
