import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Hono } from 'hono';

const style = ['base.css', 'hosted.css', 'dashboard.css'].map(read).join('\n');
const script = read('pages.js');

/** Addresses change with the content, so that the browser may keep what it has forever. */
export const STYLE_PATH = `/_pages/${hash(style)}.css`;
export const SCRIPT_PATH = `/_pages/${hash(script)}.js`;

/** Serves the one stylesheet and the one script of all pages. */
export function mountAssets(app: Hono): void {
  app.get(STYLE_PATH, (c) => c.body(style, 200, headers('text/css')));
  app.get(SCRIPT_PATH, (c) => c.body(script, 200, headers('text/javascript')));
}

function headers(type: string): Record<string, string> {
  return {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'public, max-age=31536000, immutable',
  };
}

function read(name: string): string {
  return readFileSync(new URL(`./${name}`, import.meta.url), 'utf8');
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
