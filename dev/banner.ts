import { styleText } from 'node:util';
import { product } from '@/lib/product';
import type { DevPlan } from './plan';

/** What `npm run dev` says once everything answers. */
export function banner(
  { appUrl, dir, parts, moved, lacksWebhookSecret }: DevPlan,
  pages: { inbox?: string; dashboard?: string; signIn?: { email: string; link: string } },
): string {
  const rows: [string, string][] = [['App', link(appUrl)]];
  if (pages.signIn)
    rows.push(['Sign in', `as ${pages.signIn.email}:`], ['', link(pages.signIn.link)]);
  if (pages.inbox) rows.push(['Inbox', `${link(pages.inbox)}  every e-mail the app sends`]);
  if (pages.dashboard)
    rows.push(['Stripe', `${link(pages.dashboard)}  a stand-in: no account, no money`]);
  const notes = [
    ...moved.map(({ name, usual, port }) => `Port ${usual} was taken, so ${name} on ${port}.`),
    ...(parts.stripe ? [] : realStripe(appUrl, lacksWebhookSecret)),
    dir === 'memory' || Object.values(parts).every((isStandIn) => !isStandIn)
      ? 'Ctrl-C ends everything.'
      : `Ctrl-C ends everything; what happened stays in ${dir}.`,
  ];
  return [
    '',
    styled('bold', `  ${product.name} is running`),
    '',
    ...rows.map(([name, text]) => `  ${name.padEnd(9)}${text}`),
    '',
    ...notes.map((note) => styled('dim', `  ${note}`)),
    '',
  ].join('\n');
}

function realStripe(appUrl: string, lacksWebhookSecret: boolean): string[] {
  const { host } = new URL(appUrl);
  return [
    'Stripe is the one your environment names. `npm run billing -- push` gives it the plans.',
    `Its events come by: stripe listen --forward-to ${host}/api/webhooks/stripe`,
    ...(lacksWebhookSecret
      ? ['Put the whsec_… that it prints into .env as STRIPE_WEBHOOK_SECRET, and start again.']
      : []),
  ];
}

function link(address: string): string {
  return styled('cyan', address);
}

/** Plain where it is read by a program, or by a person who asked for no colour. */
function styled(style: 'bold' | 'dim' | 'cyan', text: string): string {
  return process.stdout.isTTY && !process.env.NO_COLOR ? styleText(style, text) : text;
}
