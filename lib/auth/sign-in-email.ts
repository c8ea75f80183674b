/**
 * The e-mail that carries a sign-in link, as text and as HTML for light and dark readers.
 *
 * @param url the link, which signs in whoever follows it
 * @param productName what the product is called
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
      'It works once and for a day.',
      'If you did not ask for it, you can ignore this message: nobody can sign in without it.',
    ].join('\n\n'),
    html: document(escapeHtml(productName), escapeHtml(url)),
  };
}

/** Colours are given twice: inline for readers that drop styles, and in a style for dark ones. */
function document(name: string, url: string): string {
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
  .page { background: #0b151b !important; color: #e4edf0 !important; }
  .soft, .soft a { color: #9fb4be !important; }
  .rule { border-color: #263a44 !important; }
  .button { background: #a3d5e8 !important; color: #06222e !important; }
}
</style>
</head>
<body class="page" style="margin:0;background:#fbfcfb;color:#0e2430;font:17px/1.6 'Avenir Next','Segoe UI',Roboto,Arial,sans-serif">
<div class="page" style="max-width:34em;margin:0 auto;padding:40px 24px;background:#fbfcfb;color:#0e2430">
<p class="rule" style="margin:0 0 32px;padding:0 0 12px;border-bottom:3px double #ccd9de;font:22px/1 Palatino,'Palatino Linotype',Georgia,serif">${name}</p>
<h1 style="margin:0 0 16px;font:400 30px/1.2 Palatino,'Palatino Linotype',Georgia,serif">Sign in to ${name}</h1>
<p style="margin:0 0 24px">This link signs you in. It works once and for a day.</p>
<p style="margin:0 0 32px"><a class="button" href="${url}" style="display:inline-block;padding:12px 24px;border-radius:3px;background:#0b4a63;color:#ffffff;font-weight:600;text-decoration:none">Sign in</a></p>
<p class="soft" style="margin:0 0 8px;color:#4a626f;font-size:15px">If the button does nothing, open this address:</p>
<p class="soft" style="margin:0 0 32px;font-size:15px;overflow-wrap:anywhere;word-break:break-all"><a href="${url}" style="color:#4a626f">${url}</a></p>
<p class="soft rule" style="margin:0;padding:16px 0 0;border-top:1px solid #ccd9de;color:#4a626f;font-size:15px">If you did not ask for it, you can ignore this message: nobody can sign in without it.</p>
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
