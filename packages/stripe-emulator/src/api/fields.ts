import { invalidRequest } from '../core/errors';
import {
  array,
  id,
  type Output,
  object,
  oneOf,
  refine,
  required,
  type Schema,
  string,
  unsettable,
} from '../core/params';

/** Two-letter country codes (ISO 3166-1) Stripe knows are many; only their form is checked. */
export function country(): Schema<string> {
  return refine(string(), (code, path) => {
    if (/^[A-Za-z]{2}$/.test(code)) return code.toUpperCase();
    throw invalidRequest(
      `Country '${code}' is unknown. Try using a 2-character alphanumeric country code instead, such as 'US', 'EG', or 'GB'.`,
      path,
      'country_code_invalid',
    );
  });
}

/** The fields of an address, each of which an empty value unsets. */
const addressFields = {
  city: unsettable(string()),
  country: unsettable(country()),
  line1: unsettable(string()),
  line2: unsettable(string()),
  postal_code: unsettable(string()),
  state: unsettable(string()),
};

const address = object(addressFields);

type AddressChange = Output<typeof address>;

interface Address {
  city: string | null;
  country: string | null;
  line1: string | null;
  line2: string | null;
  postal_code: string | null;
  state: string | null;
}

const NO_ADDRESS: Address = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};

/** An address after a change: what is given replaces what was, field by field. */
export function mergeAddress(current: Address | null | undefined, change: AddressChange): Address {
  return { ...NO_ADDRESS, ...current, ...change };
}

export function addressParam() {
  return address;
}

/** An e-mail address; Stripe checks little more than that there is an @ with something around it. */
export function email(): Schema<string> {
  return refine(string({ max: 512 }), (text, path) => {
    if (/^[^\s@]+@[^\s@]+$/.test(text)) return text;
    throw invalidRequest(`Invalid email address: ${text}`, path, 'email_invalid');
  });
}

/** What stands on a card's statement. */
export function statementDescriptor(): Schema<string> {
  return refine(string({ max: 22 }), (text, path) => {
    if (!/[<>\\"']/.test(text)) return text;
    throw invalidRequest(`Invalid ${path}: it may not include \`<>\\"'\`.`, path);
  });
}

/** The refusal of a time that has passed already. */
export function inThePast(param: string, time: number): Error {
  return invalidRequest(
    `The parameter \`${param}\` expects a unix timestamp representing a date and time in the future. You specified the value \`${time}\` which is in the past.`,
    param,
  );
}

/** An absolute http(s) URL. */
export function url(): Schema<string> {
  return refine(string({ max: 5000 }), (text, path) => {
    if (isWebUrl(text)) return text;
    throw invalidRequest('Not a valid URL', path, 'url_invalid');
  });
}

function isWebUrl(text: string): boolean {
  if (!/^https?:\/\/[^\s/]/i.test(text)) return false;
  return URL.canParse(text);
}

/** Three-letter currency codes that Stripe supports for presentment. */
const CURRENCIES = new Set(
  'usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bif bmd bnd bob brl bsd bwp byn bzd cad cdf chf clp cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl hrk htg huf idr ils inr isk jmd jpy kes kgs khr kmf krw kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd scr sek sgd shp sle sos srd std szl thb tjs top try ttd twd tzs uah ugx uyu uzs vnd vuv wst xaf xcd xof xpf yer zar zmw'.split(
    ' ',
  ),
);

/** A currency code, in lower case whatever the case it came in. */
export function currency(): Schema<string> {
  return refine(string(), currencyName);
}

/** Checks a currency that is a name in a map, where Stripe wants lower case. */
export function currencyKey(code: string, path: string): void {
  const lower = code.toLowerCase();
  if (code !== lower && CURRENCIES.has(lower)) {
    throw invalidRequest(
      `Currencies must be lowercase when used as keys in a map. Use \`${lower}\` instead of \`${code}\`.`,
      path,
    );
  }
  currencyName(code, path);
}

/** @throws StripeError for what is no currency; gives its code in lower case */
function currencyName(text: string, path: string): string {
  const code = text.toLowerCase();
  if (CURRENCIES.has(code)) return code;
  throw invalidRequest(
    `Invalid currency: ${code}. Stripe currently supports these currencies: ${[...CURRENCIES].join(', ')}`,
    path,
  );
}

const shipping = object({
  address,
  carrier: unsettable(string()),
  name: string(),
  phone: unsettable(string()),
  tracking_number: unsettable(string()),
});

/** Name and address to send things to. */
export function shippingParam() {
  return shipping;
}

interface Shipping {
  address?: Address;
  carrier?: string | null;
  name?: string;
  phone?: string | null;
  tracking_number?: string | null;
}

/** Where to send things after a change, field by field. */
export function mergeShipping(
  current: Shipping | null | undefined,
  change: Output<typeof shipping>,
): Shipping {
  const { address: addressChange = {}, ...plain } = change;
  return {
    phone: null,
    ...current,
    ...plain,
    address: mergeAddress(current?.address, addressChange),
  };
}

/** Up to four lines of a merchant's own on an invoice. */
export function invoiceCustomFields() {
  const field = object({
    name: required(string({ max: 40 })),
    value: required(string({ max: 140 })),
  });
  return array(field, { max: 4 });
}

export function taxExempt() {
  return oneOf(['none', 'exempt', 'reverse']);
}

/** The name by which a meter knows its events. */
export const meterEventName = required(string({ max: 100 }));

/** What takes back a report of usage, in both versions of the API. */
export const usageAdjustmentFields = {
  cancel: required(object({ identifier: required(id()) })),
  event_name: meterEventName,
  type: required(oneOf(['cancel'])),
};
