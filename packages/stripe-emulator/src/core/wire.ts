import type Stripe from 'stripe';

/**
 * A Stripe object as it travels over the wire and as it is stored: decimals are strings, what the
 * SDK adds after parsing is gone, and an expandable field holds the id alone.
 */
export type Wire<T> = T extends Stripe.Decimal
  ? string
  : T extends (infer Element)[]
    ? WireField<Element>[]
    : T extends object
      ? { [Key in keyof T as Exclude<Key, 'lastResponse' | 'deleted'>]: WireField<T[Key]> }
      : T;

/** `string | Customer | DeletedCustomer | null` is stored as `string | null`. */
type WireField<Field> = [Extract<Field, string>] extends [never]
  ? Wire<Field>
  : string extends Field
    ? Exclude<Field, object>
    : Wire<Field>;

/** A list in Stripe's envelope, of objects in wire shape. */
export interface WireList<T> {
  object: 'list';
  data: T[];
  has_more: boolean;
  url: string;
}

/** What Stripe answers to a deletion, and later shows in the place of the deleted object. */
export interface DeletedStub {
  id: string;
  object: string;
  deleted: true;
}
