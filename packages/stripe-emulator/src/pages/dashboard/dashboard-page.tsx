import type { FC, PropsWithChildren } from 'hono/jsx';
import type { Context } from '../../core/context';
import { Document } from '../shared/document';
import { clockText } from './times';
import { worldPath, worldQuery, worldTitle } from './world';

const SECTIONS = [
  ['/', 'Customers'],
  ['/requests', 'Requests'],
  ['/events', 'Events'],
  ['/deliveries', 'Deliveries'],
  ['/clock', 'Clock'],
  ['/faults', 'Faults'],
] as const;

interface DashboardPageProps {
  title: string;
  section: (typeof SECTIONS)[number][0];
  ctx: Context;
  /** Whether the script fetches the page again while it is looked at. */
  live?: boolean;
}

/** The frame of the dashboard's pages. */
export const DashboardPage: FC<PropsWithChildren<DashboardPageProps>> = ({
  title,
  section,
  ctx,
  live,
  children,
}) => (
  <Document title={`${title} · Stripe emulator`} kind="dashboard">
    <header class="bar">
      <strong>Stripe emulator</strong>
      <nav aria-label="Sections">
        {SECTIONS.map(([path, name]) => (
          <a
            key={path}
            href={worldPath(ctx, path)}
            aria-current={path === section ? 'page' : undefined}
          >
            {name}
          </a>
        ))}
        {Object.entries(ctx.core.dashboardLinks).map(([path, name]) => (
          <a key={path} href={path}>
            {name}
          </a>
        ))}
      </nav>
      <span class="now">
        {clockText(ctx.now)} UTC · {ctx.livemode ? 'Live mode' : 'Test mode'} ·{' '}
        {ctx.livemode ? <a href="/">see test</a> : <a href="/?mode=live">see live</a>}
        <Accounts ctx={ctx} />
      </span>
    </header>
    <main data-live={live ? 'yes' : undefined}>
      <h1>{title}</h1>
      {children}
    </main>
  </Document>
);

/** Keeps a form that asks for another page in the world that is looked at. */
export const WorldFields: FC<{ ctx: Context }> = ({ ctx }) =>
  [...worldQuery(ctx)].map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={value} />
  ));

/** The connected accounts, and keys that are kept apart, each a world of its own. */
const Accounts: FC<{ ctx: Context }> = ({ ctx }) => {
  const shown = worldTitle(ctx.worldName);
  const others = ctx.core.store.worlds.filter(
    (world) => world.startsWith(ctx.mode) && world !== ctx.mode && world !== ctx.worldName,
  );
  return (
    <>
      {shown && (
        <>
          {' '}
          · <strong>{shown}</strong> · <a href={ctx.livemode ? '/?mode=live' : '/'}>see platform</a>
        </>
      )}
      {others.map((world) => (
        <>
          {' '}
          ·{' '}
          <a key={world} href={worldPath(ctx.core.context(world), '/')}>
            see {worldTitle(world)}
          </a>
        </>
      ))}
    </>
  );
};
