import { createHash } from 'node:crypto';
import { colour } from '../colours';
import type { Locale } from '../locale';
import { product } from '../product';
import { wordsIn } from '../words';
import { failure } from '../words/failure';

/**
 * What somebody sees while the database does not answer: a page that needs nothing else, no script
 * and no stylesheet of the app. Its policy allows its own style, by hash.
 *
 * @param requestId for whoever writes to support
 * @param locale the language of the page
 */
export function unavailablePage(
  requestId: string,
  locale: Locale,
): {
  headers: Record<string, string>;
  body: string;
} {
  const t = wordsIn(locale).unavailable;
  const { retry, writeTo, mention } = failure[locale];
  const body = `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t.title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<p><a href="/">${product.name}</a></p>
<h1>${t.heading}</h1>
<p>${t.detail}</p>
<p><a class="button" href="">${retry}</a></p>
<p class="soft">${writeTo} <a href="mailto:${product.supportEmail}">${product.supportEmail}</a> ${mention} ${requestId}.</p>
</main>
</body>
</html>
`;
  return {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Length': String(Buffer.byteLength(body)),
      'Content-Security-Policy': POLICY,
    },
    body,
  };
}

const [paper, ink, soft] = [colour('paper'), colour('ink'), colour('ink-soft')];
const [sea, onSea] = [colour('sea'), colour('on-sea')];

const STYLE = `:root{color-scheme:light dark}
body{margin:0;padding:3rem 1.5rem;background:light-dark(${paper.light},${paper.dark});color:light-dark(${ink.light},${ink.dark});font:1.0625rem/1.6 system-ui,sans-serif}
main{max-width:34rem;margin:0 auto}
h1{line-height:1.2}
a{color:inherit}
.button{display:inline-block;padding:.75rem 1.5rem;border-radius:3px;background:light-dark(${sea.light},${sea.dark});color:light-dark(${onSea.light},${onSea.dark});font-weight:600;text-decoration:none}
.soft{color:light-dark(${soft.light},${soft.dark});font-size:.9375rem;overflow-wrap:anywhere}`;

const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
