import { z } from 'zod';
import { type Resource, resourceOfEvent } from '../mirror/resources';

/** What we use of an event. Of its object, only whose it is. */
export type EventFacts = {
  /** Stripe's id (evt_…). */
  id: string;
  type: string;
  livemode: boolean;
  /** When it happened at Stripe. */
  createdAt: Date;
  /** Stripe's id of the customer it is about; null when it is about none. */
  customerId: string | null;
  /** Stripe's id of the payment that a dispute is about: it names no customer. */
  payment: string | null;
  /** Another payment method has become the customer's default. */
  isNewCard: boolean;
  /** The resource of that customer that it may have changed; null when we mirror nothing of it. */
  resource: Resource | null;
  /** The connected account it is about; null for our own account. */
  account: string | null;
  /** A thin event says only what changed, not whose it is. */
  isThin: boolean;
};

/**
 * Reads an event as delivered or as listed by the API, in any API version.
 *
 * @returns null when it is not an event
 */
export function readEvent(value: unknown): EventFacts | null {
  const { data } = schema.safeParse(value);
  if (!data) return null;
  const { id, type, livemode } = data;
  if (data.object === 'v2.core.event') {
    return {
      id,
      type,
      livemode,
      createdAt: new Date(data.created),
      customerId: null,
      payment: null,
      isNewCard: false,
      resource: null,
      account: null,
      isThin: true,
    };
  }
  return {
    id,
    type,
    livemode,
    createdAt: new Date(data.created * 1000),
    customerId: customerOf(data.data?.object) ?? customerOf(data.data?.previous_attributes),
    payment: aboutPayment.safeParse(data.data?.object).data?.payment_intent ?? null,
    isNewCard:
      type === 'customer.updated' && newCard.safeParse(data.data?.previous_attributes).success,
    resource: resourceOfEvent(type),
    account: data.account ?? null,
    isThin: false,
  };
}

const END_OF_YEAR_9999 = 253_402_300_799;

/** PostgreSQL's text cannot contain NUL. */
const text = z
  .string()
  .min(1)
  .max(255)
  .refine((value) => !value.includes('\0'));

const schema = z.discriminatedUnion('object', [
  z.object({
    object: z.literal('event'),
    id: text,
    type: text,
    created: z.int().min(0).max(END_OF_YEAR_9999),
    livemode: z.boolean(),
    account: text.nullish(),
    data: z
      .object({ object: z.unknown().optional(), previous_attributes: z.unknown().optional() })
      .nullish()
      .catch(null),
  }),
  z.object({
    object: z.literal('v2.core.event'),
    id: text,
    type: text,
    // PostgreSQL has no year 0.
    created: z.iso.datetime({ offset: true }).refine((value) => new Date(value).getTime() >= 0),
    livemode: z.boolean(),
  }),
]);

/** An object that was just detached from its customer has it only in its previous attributes. */
function customerOf(object: unknown): string | null {
  const { data } = owned.safeParse(object);
  if (!data) return null;
  if (data.object === 'customer') return data.id ?? null;
  return typeof data.customer === 'object' ? (data.customer?.id ?? null) : (data.customer ?? null);
}

const owned = z.object({
  object: z.string().optional().catch(undefined),
  id: text.optional().catch(undefined),
  customer: z
    .union([text, z.object({ id: text })])
    .nullish()
    .catch(null),
});

const aboutPayment = z.object({ payment_intent: text.nullish().catch(null) });

/** What is in an event's `previous_attributes` when the default changed. */
const newCard = z.object({
  invoice_settings: z.object({ default_payment_method: z.string().nullable() }),
});
