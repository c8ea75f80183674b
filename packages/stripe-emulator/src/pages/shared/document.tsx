import { html } from 'hono/html';
import type { FC, PropsWithChildren } from 'hono/jsx';
import { SCRIPT_PATH, STYLE_PATH } from '../assets/assets';

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%230b5d4e'/%3E%3Cpath d='M3.5 7h9M3.5 10h4' stroke='%23fff' stroke-width='1.6' stroke-linecap='round'/%3E%3C/svg%3E";

/** The skeleton of every page: one stylesheet, one small script that nothing depends on. */
export const Document: FC<PropsWithChildren<{ title: string; kind: 'hosted' | 'dashboard' }>> = ({
  title,
  kind,
  children,
}) => (
  <>
    {html`<!doctype html>`}
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{title}</title>
        <link rel="icon" href={ICON} />
        <link rel="stylesheet" href={STYLE_PATH} />
        <script src={SCRIPT_PATH} defer />
      </head>
      <body class={kind}>{children}</body>
    </html>
  </>
);
