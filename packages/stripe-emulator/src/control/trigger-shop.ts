import { z } from 'zod';
import type { Core } from '../core/core';
import type { Method } from '../core/route';

/** A request to the API without HTTP; gives what it answers, in JSON. */
export type Call = (world: string, method: Method, path: string, params?: object) => unknown;

const made = z.looseObject({ id: z.string() });
type Made = z.infer<typeof made>;

/** What the recipes of triggers buy and sell: objects as somebody would make them through the API. */
export class TriggerShop {
  readonly core: Core;
  readonly world: string;
  #call: Call;
  #customer: string | undefined;

  /** @param customer whom it all happens to; a new one when absent */
  constructor(core: Core, world: string, call: Call, customer: string | undefined) {
    this.core = core;
    this.world = world;
    this.#call = call;
    this.#customer = customer;
  }

  /** A request. @throws StripeError when it is refused */
  ask(method: Method, path: string, params: object = {}): Made {
    return made.parse(this.#call(this.world, method, `/v1/${path}`, params));
  }

  post(path: string, params: object = {}): string {
    return this.ask('POST', path, params).id;
  }

  /** A request that is refused, as a declined payment is, after something has happened. */
  postInVain(path: string, params: object): void {
    try {
      this.#call(this.world, 'POST', `/v1/${path}`, params);
    } catch {
      // The refusal is what was wanted.
    }
  }

  customer(): string {
    this.#customer ??= this.post('customers', { description: '(created by a trigger)' });
    return this.#customer;
  }

  /** A card of the customer's. */
  card(token = 'pm_card_visa'): string {
    return this.post(`payment_methods/${token}/attach`, { customer: this.customer() });
  }

  product(): string {
    return this.post('products', { name: 'myproduct', description: '(created by a trigger)' });
  }

  price(recurs = true): string {
    return this.post('prices', {
      currency: 'usd',
      unit_amount: 1500,
      product: this.product(),
      ...(recurs && { recurring: { interval: 'month' } }),
    });
  }

  coupon(): string {
    return this.post('coupons', { percent_off: 25, duration: 'once' });
  }

  subscription(more: object = {}): string {
    return this.post('subscriptions', {
      customer: this.customer(),
      default_payment_method: this.card(),
      items: [{ price: this.price() }],
      ...more,
    });
  }

  /** A draft with one item on it. */
  invoice(more: object = {}): string {
    const customer = this.customer();
    const id = this.post('invoices', {
      customer,
      auto_advance: false,
      default_payment_method: this.card(),
      ...more,
    });
    this.post('invoiceitems', { customer, invoice: id, amount: 2000, currency: 'usd' });
    return id;
  }

  payment(more: object = {}): string {
    return this.post('payment_intents', {
      amount: 2000,
      currency: 'usd',
      confirm: true,
      payment_method: 'pm_card_visa',
      ...this.known(),
      ...more,
    });
  }

  /** The customer as a parameter, if one was asked for. */
  known(): { customer?: string } {
    return this.#customer === undefined ? {} : { customer: this.#customer };
  }

  checkout(more: object = {}): string {
    return this.post('checkout/sessions', {
      mode: 'payment',
      success_url: 'https://httpbin.org/post',
      line_items: [{ price: this.price(false), quantity: 2 }],
      ...this.known(),
      ...more,
    });
  }

  meter(): string {
    const event_name = `trigger_${Date.now().toString(36)}_${Math.random().toString(36).slice(2)}`;
    return this.post('billing/meters', {
      display_name: 'Search API Calls',
      event_name,
      default_aggregation: { formula: 'sum' },
    });
  }
}
