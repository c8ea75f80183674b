import type { Stored } from '../../core/tables';

/** The parts of an address, in the order in which they are written on a form. */
export const ADDRESS_PARTS = ['line1', 'line2', 'postal_code', 'city', 'state', 'country'] as const;

type Address = NonNullable<Stored<'customer'>['address']>;

/** An address as the values of fields named `prefix.line1` and so on. */
export function addressValues(
  prefix: string,
  address: Address | null | undefined,
): Record<string, string> {
  return Object.fromEntries(
    ADDRESS_PARTS.map((part) => [`${prefix}.${part}`, address?.[part] ?? '']),
  );
}

/** The address in a form's values; undefined when no part of it is filled in. */
export function addressIn(prefix: string, values: Record<string, string>): Address | undefined {
  const part = (name: (typeof ADDRESS_PARTS)[number]) => values[`${prefix}.${name}`] || null;
  const address = {
    line1: part('line1'),
    line2: part('line2'),
    postal_code: part('postal_code'),
    city: part('city'),
    state: part('state'),
    country: part('country'),
  };
  return Object.values(address).some((value) => value !== null) ? address : undefined;
}
