import { colour } from '../colours';

/**
 * The e-mail with a sign-in link, as plain text and as HTML for light and dark mail clients.
 *
 * @param url the link, which signs in whoever follows it
 */
export function signInEmail({ url, productName }: { url: string; productName: string }): {
  subject: string;
  text: string;
  html: string;
} {
  return {
    subject: `Sign in to ${productName}`,
    text: [
      `Sign in to ${productName} with this link:`,
      url,
      'The link works once and expires after 24 hours.',
      'If you did not request it, you can ignore this e-mail: nobody can sign in without the link.',
    ].join('\n\n'),
    html: document(escapeHtml(productName), escapeHtml(url)),
  };
}

/** Light colors are inline, for clients that drop `<style>`; dark ones are in `<style>`. */
function document(name: string, url: string): string {
  const [paper, ink, soft, rule] = [
    colour('paper'),
    colour('ink'),
    colour('ink-soft'),
    colour('rule'),
  ];
  const [sea, onSea] = [colour('sea'), colour('on-sea')];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>Sign in to ${name}</title>
<style>
@media (prefers-color-scheme: dark) {
  .page { background: ${paper.dark} !important; color: ${ink.dark} !important; }
  .soft, .soft a { color: ${soft.dark} !important; }
  .rule { border-color: ${rule.dark} !important; }
  .button { background: ${sea.dark} !important; color: ${onSea.dark} !important; }
}
</style>
</head>
<body class="page" style="margin:0;background:${paper.light};color:${ink.light};font:17px/1.6 'Avenir Next','Segoe UI',Roboto,Arial,sans-serif">
<div class="page" style="max-width:34em;margin:0 auto;padding:40px 24px;background:${paper.light};color:${ink.light}">
<p class="rule" style="margin:0 0 32px;padding:0 0 12px;border-bottom:3px double ${rule.light};font:22px/1 Palatino,'Palatino Linotype',Georgia,serif">${name}</p>
<h1 style="margin:0 0 16px;font:400 30px/1.2 Palatino,'Palatino Linotype',Georgia,serif">Sign in to ${name}</h1>
<p style="margin:0 0 24px">This link signs you in. It works once and expires after 24 hours.</p>
<p style="margin:0 0 32px"><a class="button" href="${url}" style="display:inline-block;padding:12px 24px;border-radius:3px;background:${sea.light};color:${onSea.light};font-weight:600;text-decoration:none">Sign in</a></p>
<p class="soft" style="margin:0 0 8px;color:${soft.light};font-size:15px">If the button does not work, open this link:</p>
<p class="soft" style="margin:0 0 32px;font-size:15px;overflow-wrap:anywhere;word-break:break-all"><a href="${url}" style="color:${soft.light}">${url}</a></p>
<p class="soft rule" style="margin:0;padding:16px 0 0;border-top:1px solid ${rule.light};color:${soft.light};font-size:15px">If you did not request it, you can ignore this e-mail: nobody can sign in without the link.</p>
</div>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
