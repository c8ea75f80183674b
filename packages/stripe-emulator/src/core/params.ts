import { invalidRequest } from './errors';
import { elementsOf, type FormNode, type FormTree } from './form';
import { suggestion } from './suggestion';

/**
 * The language in which a route says what parameters it takes. `parse` gives the typed value or
 * throws Stripe's refusal for it; `path` is the parameter's full name, such as `items[0][price]`.
 */
export interface Schema<T> {
  readonly required?: boolean;
  parse(node: FormNode, path: string): T;
}

export interface RequiredSchema<T> extends Schema<T> {
  readonly required: true;
}

/** The typed value a schema gives. */
export type Output<S> = S extends Schema<infer T> ? T : never;

export type Fields = Record<string, Schema<unknown>>;

type RequiredNames<F extends Fields> = {
  [Name in keyof F]: F[Name] extends RequiredSchema<unknown> ? Name : never;
}[keyof F];

/** The typed values of an object schema's fields. */
export type FieldOutputs<F extends Fields> = {
  [Name in RequiredNames<F>]: Output<F[Name]>;
} & { [Name in Exclude<keyof F, RequiredNames<F>>]?: Output<F[Name]> };

export interface ObjectSchema<F extends Fields> extends Schema<FieldOutputs<F>> {
  readonly fields: F;
  parseTree(tree: FormTree, path: string): FieldOutputs<F>;
}

/** Named sub-parameters; unknown ones are refused with a suggestion. */
export function object<F extends Fields>(fields: F): ObjectSchema<F> {
  function parseTree(tree: FormTree, path: string): FieldOutputs<F> {
    refuseUnknown(tree, path, Object.keys(fields));
    const parsed: Partial<FieldOutputs<F>> = {};
    for (const name in fields) {
      const field: Schema<unknown> | undefined = fields[name];
      const node = tree.get(name);
      const fullName = join(path, name);
      if (node !== undefined) Object.assign(parsed, { [name]: field?.parse(node, fullName) });
      else if (field?.required) throw missingParam(fullName);
    }
    if (!isComplete(parsed)) throw missingParam(path);
    return parsed;
  }
  /** The loop above has refused every required field that is absent. */
  function isComplete(parsed: Partial<FieldOutputs<F>>): parsed is FieldOutputs<F> {
    return Object.keys(fields).every((name) => name in parsed || !fields[name]?.required);
  }
  return {
    fields,
    parseTree,
    parse(node, path) {
      if (typeof node === 'string') throw invalidRequest('Invalid object', path);
      return parseTree(node, path);
    },
  };
}

/** Marks a parameter without which the request is refused. */
export function required<T>(schema: Schema<T>): RequiredSchema<T> {
  return { required: true, parse: (node, path) => schema.parse(node, path) };
}

/** A parameter that an empty value unsets (`null`). */
export function unsettable<T>(schema: Schema<T>): Schema<T | null> {
  return { parse: (node, path) => (node === '' ? null : schema.parse(node, path)) };
}

/** Text of at most `max` characters; an empty one is refused unless the field is `unsettable`. */
export function string({ max = 5000 }: { max?: number } = {}): Schema<string> {
  return scalar('string', (text, path) => {
    if ([...text].length > max) {
      throw invalidRequest(
        `Invalid string: ${abridge(text)}; must be at most ${max} characters`,
        path,
      );
    }
    return text;
  });
}

/** The id of another object; whether it exists is the handler's to ask. */
export function id(): Schema<string> {
  return string({ max: 255 });
}

export function integer({ min, max }: { min?: number; max?: number } = {}): Schema<number> {
  return scalar('integer', (text, path) => {
    const value = Number(text);
    if (!/^-?\d+$/.test(text.trim()) || !Number.isSafeInteger(value)) {
      throw invalidRequest(`Invalid integer: ${abridge(text)}`, path, 'parameter_invalid_integer');
    }
    if (min !== undefined && value < min) {
      throw invalidRequest(
        `This value must be greater than or equal to ${min}.`,
        path,
        'parameter_invalid_integer',
      );
    }
    if (max !== undefined && value > max) {
      throw invalidRequest(
        `This value must be less than or equal to ${max} (it currently is '${value}').`,
        path,
        'parameter_invalid_integer',
      );
    }
    return value;
  });
}

/** A time in Unix seconds. */
export function timestamp(): Schema<number> {
  return integer({ min: 0, max: 253_402_300_799 });
}

/** A time as the second API has it, such as `2027-01-01T00:00:00Z`; gives Unix seconds. */
export function isoTimestamp(): Schema<number> {
  return scalar('timestamp', (text, path) => {
    const milliseconds = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
    if (Number.isNaN(milliseconds)) {
      throw invalidRequest(`Invalid timestamp: ${abridge(text)}`, path);
    }
    return Math.floor(milliseconds / 1000);
  });
}

/** A decimal number, kept as text, of at most `places` decimal places. */
export function decimal({ places = 12 }: { places?: number } = {}): Schema<string> {
  return scalar('decimal', (text, path) => {
    if (!/^-?\d+(\.\d+)?$/.test(text))
      throw invalidRequest(`Invalid decimal: ${abridge(text)}`, path);
    if ((text.split('.')[1]?.length ?? 0) > places) {
      throw invalidRequest(
        `Invalid decimal: ${abridge(text)}; must contain at maximum ${places} decimal places.`,
        path,
        'parameter_invalid_decimal',
      );
    }
    return text;
  });
}

export function boolean(): Schema<boolean> {
  return scalar('boolean', (text, path) => {
    if (text === 'true' || text === '1') return true;
    if (text === 'false' || text === '0') return false;
    throw invalidRequest(`Invalid boolean: ${abridge(text)}`, path);
  });
}

/**
 * One of the given words.
 * @param elsewhere words that Stripe takes and the emulator does not
 */
export function oneOf<const Words extends readonly string[]>(
  words: Words,
  elsewhere: readonly string[] = [],
): Schema<Words[number]> {
  return scalar('string', (text, path) => {
    const word = words.find((candidate) => candidate === text);
    if (word !== undefined) return word;
    if (elsewhere.includes(text)) {
      throw invalidRequest(`The emulator does not support ${path} \`${text}\` yet.`, path);
    }
    throw invalidRequest(`Invalid ${path}: must be one of ${sentenceOf(words)}`, path);
  });
}

/** An array of at most `max` elements. */
export function array<T>(element: Schema<T>, { max = 1000 }: { max?: number } = {}): Schema<T[]> {
  return {
    parse(node, path) {
      if (node === '') return [];
      const elements = elementsOf(node);
      if (!elements) throw invalidRequest('Invalid array', path);
      if (elements.length > max) {
        throw invalidRequest(`Array length exceeds the maximum of ${max}.`, path);
      }
      return elements.map(([index, child]) => element.parse(child, join(path, index)));
    },
  };
}

/** Sub-parameters under names that the caller chooses, such as `currency_options[eur]`. */
export function record<T>(element: Schema<T>): Schema<Record<string, T>> {
  return {
    parse(node, path) {
      if (typeof node === 'string') throw invalidRequest('Invalid object', path);
      const entries = [...node].map(([key, child]): [string, T] => [
        key,
        element.parse(child, join(path, key)),
      ]);
      return Object.fromEntries(entries);
    },
  };
}

/** Takes what either schema takes, the first one tried first: `'now'` or a timestamp. */
export function either<A, B>(first: Schema<A>, second: Schema<B>): Schema<A | B> {
  return {
    parse(node, path) {
      try {
        return first.parse(node, path);
      } catch {
        return second.parse(node, path);
      }
    },
  };
}

/** Refines a schema's value; `check` throws what is to be refused or gives the value on. */
export function refine<T, U>(schema: Schema<T>, check: (value: T, path: string) => U): Schema<U> {
  return { parse: (node, path) => check(schema.parse(node, path), path) };
}

/** Refuses parameters that exclude one another, when more than one of them is given. */
export function exclusive<Names extends string>(
  params: { readonly [Name in Names]?: unknown },
  ...names: Names[]
): void {
  const given = names.filter((name) => params[name] !== undefined);
  if (given.length < 2) return;
  throw invalidRequest(
    `You may only specify one of these parameters: ${given.join(', ')}.`,
    given[0],
  );
}

/** Refuses with Stripe's `parameter_missing`. */
export function missingParam(path: string): Error {
  return invalidRequest(`Missing required param: ${path}.`, path, 'parameter_missing');
}

function scalar<T>(kind: string, parse: (text: string, path: string) => T): Schema<T> {
  return {
    parse(node, path) {
      if (typeof node !== 'string') {
        throw invalidRequest(`Invalid ${kind}: ${JSON.stringify(shown(node))}`, path);
      }
      if (node === '') throw emptyParam(path);
      if (node.includes('\0'))
        throw invalidRequest(`Invalid ${kind}: it has a null character`, path);
      return parse(node, path);
    },
  };
}

function emptyParam(path: string): Error {
  return invalidRequest(
    `You passed an empty string for '${path}'. We assume empty values are an attempt to unset a parameter; however '${path}' cannot be unset. You should remove '${path}' from your request or supply a non-empty value.`,
    path,
    'parameter_invalid_empty',
  );
}

function refuseUnknown(tree: FormTree, path: string, known: string[]): void {
  const unknown = [...tree.keys()].filter((name) => !known.includes(name));
  const [first] = unknown;
  if (first === undefined) return;
  const names = unknown.map((name) => join(path, name)).join(', ');
  const near = unknown.length === 1 ? suggestion(first, known) : undefined;
  throw invalidRequest(
    `Received unknown parameter${unknown.length > 1 ? 's' : ''}: ${names}${near ? `. Did you mean ${near}?` : ''}`,
    join(path, first),
    'parameter_unknown',
  );
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}[${name}]`;
}

function sentenceOf(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')}${words.length > 2 ? ',' : ''} or ${words.at(-1)}`;
}

function abridge(text: string): string {
  const letters = [...text];
  return letters.length > 40
    ? `${letters.slice(0, 10).join('')}...${letters.slice(-10).join('')}`
    : text;
}

function shown(node: FormNode): unknown {
  return typeof node === 'string'
    ? node
    : Object.fromEntries([...node].map(([k, v]) => [k, shown(v)]));
}
