import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { env, isNextDev } from './env';

/** Stands for our own origin in built pages: it is known only where they are served. */
const PLACEHOLDER = 'http://origin.invalid';

/** Our own origin, as a page that can be built ahead has to write it. `next dev` builds none. */
export function builtOrigin(): string {
  return isNextDev() ? env().NEXTAUTH_URL : PLACEHOLDER;
}

/** A page as `next build` wrote it, ready to be sent. */
export type BuiltPage = {
  html: Uint8Array<ArrayBuffer>;
  etag: string;
  /** What a content security policy has to name so that its inline scripts run. */
  scripts: readonly string[];
};

/**
 * The page that was built with this path, read once.
 *
 * @returns null where there is none, as under `next dev`
 */
export function readBuiltPage(page: string): BuiltPage | null {
  const known = pages.get(page);
  if (known !== undefined) return known;
  const read = readPage(page);
  pages.set(page, read);
  return read;
}

const pages = new Map<string, BuiltPage | null>();

function readPage(page: string): BuiltPage | null {
  let built: string;
  try {
    // biome-ignore lint/style/noProcessEnv: a constant of the build, from next.config.mjs.
    const folder = path.join(process.cwd(), process.env.DIST_DIR ?? '', 'server/app');
    built = readFileSync(path.join(folder, `${page}.html`), 'utf8');
  } catch {
    return null;
  }
  const text = built.replaceAll(PLACEHOLDER, env().NEXTAUTH_URL);
  return {
    html: new TextEncoder().encode(text),
    // Weak, since Next sends it compressed, too.
    etag: `W/"${sha256(text)}"`,
    scripts: Array.from(text.matchAll(INLINE_SCRIPT), ([, script = '']) => {
      return `'sha256-${sha256(script)}'`;
    }),
  };
}

const INLINE_SCRIPT = /<script(?![^>]* src=)[^>]*>(.*?)<\/script>/gs;

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
