import { type RawReply, send } from './raw-http';
import type { Subscriber } from './subscribers';

/** A form of a page, as a browser without JavaScript would send it. */
export type ActionForm = { button: string; fields: [name: string, value: string][] };

/** The forms that a page shows to someone. */
export async function formsOn(
  origin: string,
  path: string,
  who: Pick<Subscriber, 'cookie'>,
): Promise<ActionForm[]> {
  const { body } = await send(origin, { path, headers: cookieOf(who) });
  return [...body.matchAll(/<form[^>]*>(.*?)<\/form>/gs)].map(([, inner = '']) => ({
    button: textOf(/<button[^>]*>(.*?)<\/button>/s.exec(inner)?.[1] ?? ''),
    fields: [...inner.matchAll(/<input[^>]*>/g)].map(([input]) => [
      attribute(input, 'name'),
      attribute(input, 'value'),
    ]),
  }));
}

export async function formNamed(
  origin: string,
  path: string,
  who: Pick<Subscriber, 'cookie'>,
  button: string,
): Promise<ActionForm> {
  const form = (await formsOn(origin, path, who)).find((each) => each.button === button);
  if (!form) throw new Error(`${path} has no form "${button}"`);
  return form;
}

/** Next's id of the action behind a form. */
export function actionId({ fields }: ActionForm): string {
  const [name = ''] = fields.find(([each]) => each.startsWith('$ACTION_ID_')) ?? [];
  return name.slice('$ACTION_ID_'.length);
}

/** Sends a form, with more or other fields and headers than its page would. */
export async function sendForm(
  origin: string,
  path: string,
  form: ActionForm,
  {
    fields = {},
    headers = {},
  }: { fields?: Record<string, string>; headers?: Record<string, string> },
): Promise<RawReply> {
  const body = new FormData();
  for (const [name, value] of form.fields) if (!(name in fields)) body.append(name, value);
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return send(origin, { method: 'POST', path, headers: { origin, ...headers }, body });
}

export function cookieOf({ cookie }: Pick<Subscriber, 'cookie'>): { cookie: string } {
  return { cookie: `${cookie.name}=${cookie.value}` };
}

function attribute(tag: string, name: string): string {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  return value.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

function textOf(html: string): string {
  return html.replace(/<[^>]*>/g, '').trim();
}
