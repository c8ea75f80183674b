/** @jsxImportSource hono/jsx */
import type { FC, PropsWithChildren } from 'hono/jsx';
import type { Mode } from '../../core/context';
import { Document } from '../shared/document';
import { clockText } from './times';

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
  mode: Mode;
  /** The sandbox's time, Unix seconds. */
  now: number;
  /** Whether the script fetches the page again while it is looked at. */
  live?: boolean;
}

/** The frame of the dashboard's pages. */
export const DashboardPage: FC<PropsWithChildren<DashboardPageProps>> = ({
  title,
  section,
  mode,
  now,
  live,
  children,
}) => (
  <Document title={`${title} · Stripe sandbox`} kind="dashboard">
    <header class="bar">
      <strong>Stripe sandbox</strong>
      <nav aria-label="Sections">
        {SECTIONS.map(([path, name]) => (
          <a
            key={path}
            href={mode === 'live' ? `${path}?mode=live` : path}
            aria-current={path === section ? 'page' : undefined}
          >
            {name}
          </a>
        ))}
        <a href="/inbox">Inbox</a>
      </nav>
      <span class="now">
        {clockText(now)} UTC · {mode === 'test' ? 'Test mode' : 'Live mode'} ·{' '}
        {mode === 'test' ? <a href="/?mode=live">see live</a> : <a href="/">see test</a>}
      </span>
    </header>
    <main data-live={live ? 'yes' : undefined}>
      <h1>{title}</h1>
      {children}
    </main>
  </Document>
);
