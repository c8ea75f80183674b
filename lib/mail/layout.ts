import { colour } from '../colours';
import { product } from '../product';

/** What an e-mail says, as plain text: {@link layOut} makes both of its forms from it. */
export type Content = {
  /** The language of the text, for screen readers. */
  language: string;
  subject: string;
  /** One sentence each. The first is the heading in HTML. */
  title: string;
  paragraphs: readonly string[];
  button: { text: string; url: string };
  /** What stands before the button's address, for mail clients that show no buttons. */
  fallback: string;
  /** Small print. */
  footer: string;
};

/** An e-mail as plain text and as HTML for light and dark mail clients, with one button. */
export function layOut(content: Content): { subject: string; text: string; html: string } {
  const { subject, title, paragraphs, button, footer } = content;
  const text = [title, ...paragraphs, `${button.text}:\n${button.url}`, footer].join('\n\n');
  return { subject, text, html: html(content) };
}

const SERIF = "Palatino,'Palatino Linotype',Georgia,serif";

/** Light colors are inline, for clients that drop `<style>`; dark ones are in `<style>`. */
function html({ language, subject, title, paragraphs, button, fallback, footer }: Content): string {
  const [paper, ink, soft, rule] = [
    colour('paper'),
    colour('ink'),
    colour('ink-soft'),
    colour('rule'),
  ];
  const [sea, onSea] = [colour('sea'), colour('on-sea')];
  const url = escapeHtml(button.url);
  const small = `color:${soft.light};font-size:15px`;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
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
<p class="rule" style="margin:0 0 32px;padding:0 0 12px;border-bottom:3px double ${rule.light};font:22px/1 ${SERIF}">${escapeHtml(product.name)}</p>
<h1 style="margin:0 0 16px;font:400 30px/1.2 ${SERIF}">${escapeHtml(title)}</h1>
${paragraphs.map((each) => `<p style="margin:0 0 24px">${escapeHtml(each)}</p>`).join('\n')}
<p style="margin:8px 0 32px"><a class="button" href="${url}" style="display:inline-block;padding:12px 24px;border-radius:3px;background:${sea.light};color:${onSea.light};font-weight:600;text-decoration:none">${escapeHtml(button.text)}</a></p>
<p class="soft" style="margin:0 0 8px;${small}">${escapeHtml(fallback)}</p>
<p class="soft" style="margin:0 0 32px;font-size:15px;overflow-wrap:anywhere;word-break:break-all"><a href="${url}" style="color:${soft.light}">${url}</a></p>
<p class="soft rule" style="margin:0;padding:16px 0 0;border-top:1px solid ${rule.light};${small}">${escapeHtml(footer)}</p>
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
