import type { Context } from 'hono';

/** The fields of a posted form, each as text without surrounding space. */
export class PostedForm {
  #fields: URLSearchParams;

  constructor(fields: URLSearchParams) {
    this.#fields = fields;
  }

  /** The field's text; empty when it was not sent. At most `max` characters of it are taken. */
  text(name: string, max = 500): string {
    return (this.#fields.get(name) ?? '').trim().slice(0, max);
  }

  has(name: string): boolean {
    return this.#fields.has(name);
  }

  /** Every field but those of these names. */
  without(names: ReadonlySet<string>): Record<string, string> {
    const kept = [...this.#fields.keys()].filter((name) => !names.has(name));
    return Object.fromEntries(kept.map((name) => [name, this.text(name)]));
  }

  /** Every field whose name starts with `prefix`, by the rest of its name. */
  startingWith(prefix: string): [rest: string, text: string][] {
    return [...this.#fields.keys()]
      .filter((name) => name.startsWith(prefix))
      .map((name) => [name.slice(prefix.length), this.text(name)]);
  }
}

/** Reads what an HTML form sent; anything else is an empty form. */
export async function readForm(c: Context): Promise<PostedForm> {
  const isForm = c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded');
  return new PostedForm(new URLSearchParams(isForm ? await c.req.text() : ''));
}

/** A whole number within bounds, or undefined. */
export function wholeNumber(text: string, min: number, max: number): number | undefined {
  if (!/^\d{1,9}$/.test(text)) return undefined;
  const value = Number(text);
  return value >= min && value <= max ? value : undefined;
}
