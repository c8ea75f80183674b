import { styleText } from 'node:util';
import { product } from '@/lib/product';
import type { DevSettings } from './dev-settings';

/** What `npm run dev` prints once everything is running. */
export function banner(
  {
    appUrl,
    port,
    dir,
    services,
    moved,
    lacksWebhookSecret,
  }: Omit<DevSettings, 'defaults' | 'ports'>,
  pages: { inbox?: string; dashboard?: string; signIn?: { email: string; link: string | null } },
): string {
  const rows: [string, string][] = [['App', link(appUrl)]];
  if (pages.signIn?.link)
    rows.push(['Sign in', `as ${pages.signIn.email}:`], ['', link(pages.signIn.link)]);
  if (pages.inbox) rows.push(['Inbox', `${link(pages.inbox)}  every email the app sends`]);
  if (pages.dashboard)
    rows.push([
      'Stripe',
      `${link(pages.dashboard)}  an emulator with four experiments to begin with`,
    ]);
  const notes = [
    ...moved.map(({ name, usual, port }) => `Port ${usual} is in use, so ${name} on ${port}.`),
    ...(pages.signIn?.link === null
      ? [
          `${appUrl} (NEXTAUTH_URL) does not lead to this app yet. Point it, or your tunnel, at port ${port},`,
          `or remove NEXTAUTH_URL to use http://localhost:${port}. Then sign in as ${pages.signIn.email}.`,
        ]
      : []),
    ...(services.stripe ? [] : realStripe(appUrl, lacksWebhookSecret)),
    dir === 'memory' || Object.values(services).every((isStandIn) => !isStandIn)
      ? 'Press Ctrl-C to stop.'
      : `Press Ctrl-C to stop. The data is kept in ${dir}.`,
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
    'Stripe is the account in your environment. Push the plans to it: npm run billing -- push',
    `Forward its events: stripe listen --forward-to ${host}/api/webhooks/stripe`,
    ...(lacksWebhookSecret
      ? ['Put the whsec_… it prints into .env as STRIPE_WEBHOOK_SECRET, then restart.']
      : []),
  ];
}

function link(address: string): string {
  return styled('cyan', address);
}

/** Plain text when the output is not a terminal, or when NO_COLOR is set. */
function styled(style: 'bold' | 'dim' | 'cyan', text: string): string {
  return process.stdout.isTTY && !process.env.NO_COLOR ? styleText(style, text) : text;
}
