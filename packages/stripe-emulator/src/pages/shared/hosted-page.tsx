import type { Child, FC, PropsWithChildren } from 'hono/jsx';
import { Document } from './document';

export interface HostedPageProps {
  title: string;
  /** What stands in the side pane: whom one deals with, and about what. */
  side: Child;
  layout?: 'checkout';
  links?: LegalLinks;
}

export interface LegalLinks {
  privacy: string | null | undefined;
  terms: string | null | undefined;
}

/** Two panes: whom one deals with, and what one does. On a phone, one below the other. */
export const HostedPage: FC<PropsWithChildren<HostedPageProps>> = ({
  title,
  side,
  layout,
  links,
  children,
}) => (
  <Document title={title} kind="hosted">
    <div class={`shell ${layout ?? ''}`}>
      <header class="side">
        <div class="side-inner">
          {side}
          <Legal links={links} />
        </div>
      </header>
      <main class="main">
        <div class="main-inner">{children}</div>
      </main>
    </div>
  </Document>
);

/** One thing in the middle of an otherwise empty page. */
export const SinglePage: FC<PropsWithChildren<{ title: string }>> = ({ title, children }) => (
  <Document title={title} kind="hosted">
    <main class="single">
      <div class="sheet">
        {children}
        <Legal />
      </div>
    </main>
  </Document>
);

const Legal: FC<{ links?: LegalLinks | undefined }> = ({ links }) => (
  <p class="legal">
    <span class="pill">Emulator: no real money</span>
    {links?.terms && <a href={links.terms}>Terms</a>}
    {links?.privacy && <a href={links.privacy}>Privacy</a>}
  </p>
);
