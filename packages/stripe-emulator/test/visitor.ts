/** The page a visitor is looking at. */
export interface Page {
  url: string;
  status: number;
  html: string;
  headers: Headers;
}

interface Form {
  method: string;
  action: string;
  fields: [name: string, value: string][];
  buttons: { text: string; name: string | undefined; value: string }[];
}

/** A browser without JavaScript: follows links, fills in forms, presses buttons, by what they say. */
export class Visitor {
  page: Page = { url: '', status: 0, html: '', headers: new Headers() };

  async open(url: string): Promise<Page> {
    return this.#load(url, {});
  }

  /** Follows the link with this text (or label). */
  async follow(text: string): Promise<Page> {
    for (const [, attributes = '', inner = ''] of this.page.html.matchAll(
      /<a ([^>]*)>(.*?)<\/a>/gs,
    )) {
      const name = attribute(attributes, 'aria-label') ?? textOf(inner);
      if (name !== text && textOf(inner) !== text) continue;
      const url = this.#absolute(attributes);
      if (new URL(url).origin === new URL(this.page.url).origin) return this.open(url);
      this.page = { url, status: 0, html: '', headers: new Headers() };
      return this.page;
    }
    throw new Error(`There is no link "${text}" on ${this.page.url}:\n${this.text}`);
  }

  /** Presses the button with this text, after filling in fields of its form by their names. */
  async press(text: string, filled: Record<string, string> = {}): Promise<Page> {
    const form = this.#forms().find(({ buttons }) => buttons.some((b) => b.text === text));
    const button = form?.buttons.find((candidate) => candidate.text === text);
    if (!form || !button) {
      throw new Error(`There is no button "${text}" on ${this.page.url}:\n${this.text}`);
    }
    const body = new URLSearchParams(form.fields.filter(([name]) => !(name in filled)));
    for (const [name, value] of Object.entries(filled)) body.set(name, value);
    if (button.name) body.set(button.name, button.value);
    const url = new URL(form.action || this.page.url, this.page.url);
    if (form.method === 'get') {
      url.search = body.toString();
      return this.open(url.href);
    }
    return this.#load(url.href, { method: 'POST', body });
  }

  /** What can be read on the page. */
  get text(): string {
    return textOf(this.page.html.replace(/<head>.*?<\/head>/s, ''));
  }

  /** The names of the buttons and links on the page. */
  get actions(): string[] {
    const found = this.page.html.matchAll(/<(?:a|button) [^>]*>(.*?)<\/(?:a|button)>/gs);
    return [...found].map(([, inner = '']) => textOf(inner));
  }

  /** The value of a field, as the page shows it. */
  field(name: string): string | undefined {
    return this.#forms()
      .flatMap(({ fields }) => fields)
      .find(([known]) => known === name)?.[1];
  }

  /** Stops at an address outside the page's own origin: it is where the visitor is sent away to. */
  async #load(url: string, init: RequestInit): Promise<Page> {
    const response = await fetch(url, { ...init, redirect: 'manual' });
    const location = response.headers.get('location');
    if (location) {
      const target = new URL(location, url);
      if (target.origin === new URL(url).origin) return this.#load(target.href, {});
      this.page = {
        url: target.href,
        status: response.status,
        html: '',
        headers: response.headers,
      };
      return this.page;
    }
    const { status, headers } = response;
    this.page = { url, status, html: await response.text(), headers };
    return this.page;
  }

  #absolute(attributes: string): string {
    return new URL(attribute(attributes, 'href') ?? '', this.page.url).href;
  }

  #forms(): Form[] {
    const found = this.page.html.matchAll(/<form ([^>]*)>(.*?)<\/form>/gs);
    return [...found].map(([, attributes = '', inner = '']) => ({
      method: (attribute(attributes, 'method') ?? 'get').toLowerCase(),
      action: attribute(attributes, 'action') ?? '',
      fields: fieldsOf(inner),
      buttons: [...inner.matchAll(/<button ([^>]*)>(.*?)<\/button>/gs)]
        .filter(([, own = '']) => attribute(own, 'type') !== 'button')
        .map(([, own = '', label = '']) => ({
          text: textOf(label),
          name: attribute(own, 'name'),
          value: attribute(own, 'value') ?? '',
        })),
    }));
  }
}

function fieldsOf(form: string): [string, string][] {
  const fields: [string, string][] = [];
  for (const [, own = ''] of form.matchAll(/<input ([^>]*?)\/?>/g)) {
    const name = attribute(own, 'name');
    const isChoice = /type="(radio|checkbox)"/.test(own);
    if (name && (!isChoice || /\bchecked\b/.test(own))) {
      fields.push([name, attribute(own, 'value') ?? '']);
    }
  }
  for (const [, own = '', inner = ''] of form.matchAll(/<select ([^>]*)>(.*?)<\/select>/gs)) {
    const chosen = [...inner.matchAll(/<option ([^>]*)>/g)].find(([, o = '']) =>
      /selected/.test(o),
    );
    fields.push([attribute(own, 'name') ?? '', attribute(chosen?.[1] ?? '', 'value') ?? '']);
  }
  for (const [, own = '', inner = ''] of form.matchAll(/<textarea ([^>]*)>(.*?)<\/textarea>/gs)) {
    fields.push([attribute(own, 'name') ?? '', textOf(inner)]);
  }
  return fields;
}

function attribute(attributes: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1];
  return value === undefined ? undefined : decoded(value);
}

function textOf(html: string): string {
  return decoded(html.replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();
}

function decoded(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
