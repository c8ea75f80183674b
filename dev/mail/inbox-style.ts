/** The inbox's style: system fonts, light or dark as the system prefers, mobile first. */
export const inboxStyle = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#f6f7f9, #14161a);
  --card: light-dark(#fff, #1c1f25);
  --line: light-dark(#dfe3e8, #30353d);
  --ink: light-dark(#1b2028, #eceef1);
  --faint: light-dark(#596372, #9aa4b2);
  --accent: light-dark(#4338ca, #a5b4fc);
}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif;
}
main { max-width: 48rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; text-wrap: balance; overflow-wrap: anywhere; }
h2 { font-size: .875rem; font-weight: 600; color: var(--faint); margin: 1.75rem 0 .5rem; }
header p { margin: 0 0 1.25rem; color: var(--faint); }
nav { margin-bottom: .75rem; }
a { color: var(--accent); }
a:focus-visible, iframe:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
ol, ul { list-style: none; margin: 0; padding: 0; }
.messages, .links, pre, iframe, .empty {
  background: var(--card);
  border: 1px solid var(--line);
  border-radius: .625rem;
}
.messages li + li { border-top: 1px solid var(--line); }
.messages a {
  display: grid;
  grid-template-columns: 1fr auto;
  gap: .125rem 1rem;
  padding: .75rem 1rem;
  color: inherit;
  text-decoration: none;
  border-radius: .625rem;
}
.messages a:hover strong { color: var(--accent); }
.messages strong, .to { overflow-wrap: anywhere; }
.to, time, .preview { color: var(--faint); font-size: .875rem; }
.messages strong { grid-column: 1; }
.messages time { grid-column: 2; grid-row: 1; }
.to, .preview { grid-column: 1 / -1; }
.preview { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .125rem 1rem; margin: .75rem 0 0; font-size: .9375rem; }
dt { color: var(--faint); }
dd { margin: 0; overflow-wrap: anywhere; }
.links li + li { border-top: 1px solid var(--line); }
.links a { display: block; padding: .75rem 1rem; overflow-wrap: anywhere; }
iframe { display: block; width: 100%; height: 26rem; background: #fff; color-scheme: light; }
pre { margin: 0; padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere; font: .875rem/1.6 ui-monospace, monospace; }
.empty { padding: 2rem 1rem; margin: 0; text-align: center; color: var(--faint); }
@media (max-width: 30rem) {
  .messages a { grid-template-columns: 1fr; }
  .messages time { grid-column: 1; grid-row: auto; }
}
`;
