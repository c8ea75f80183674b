import { invalidRequest } from '../core/errors';
import { array, refine, type Schema, string } from '../core/params';
import type { Stored } from '../core/tables';

type Intent = Stored<'payment_intent'>;
type Allowed = NonNullable<Intent['allowed_payment_method_types']>[number];
type Excluded = NonNullable<Intent['excluded_payment_method_types']>[number];

const EXCLUDABLE: ReadonlySet<string> = new Set(
  'acss_debit affirm afterpay_clearpay alipay alma amazon_pay au_becs_debit bacs_debit bancontact billie bizum blik boleto card cashapp crypto customer_balance eps fpx giropay grabpay ideal kakao_pay klarna konbini kr_card mb_way mobilepay multibanco naver_pay nz_bank_account oxxo p24 pay_by_bank payco paynow paypal paypay payto pix promptpay revolut_pay samsung_pay satispay scalapay sepa_debit sequra sofort sunbit swish twint upi us_bank_account wechat_pay zip'.split(
    ' ',
  ),
);

const ALSO_ALLOWED: ReadonlySet<string> = new Set(
  'boku_promptpay capchase_pay card_present check_scan click_to_pay demo_pay duitnow dummy_auth_push dummy_passthrough_card edenred gcash getbalance gift_card gopay id_bank_transfer interac_present knet kr_market kriya link momo mondu netbanking ng_bank ng_bank_transfer ng_card ng_market ng_ussd ng_wallet octopus paper_check qris rechnung shop_pay shopeepay south_korea_market stripe_balance tamara test_pay touch_n_go truemoney us_cash_voucher vipps wero'.split(
    ' ',
  ),
);

/** Whether Stripe has a kind of payment method by this name. */
export function isMethodType(word: string): word is Allowed {
  return EXCLUDABLE.has(word) || ALSO_ALLOWED.has(word);
}

function isExcludable(word: string): word is Excluded {
  return EXCLUDABLE.has(word);
}

/** The kinds of payment method that a payment takes; the emulator has cards, so they must be among them. */
export function allowedMethodTypes(): Schema<Allowed[]> {
  return refine(array(string()), (words, path) => {
    const types = words.map((word, index) => known(word, isMethodType, `${path}[${index}]`));
    if (types.length === 0 || types.includes('card')) return types;
    throw onlyCards(path);
  });
}

/** The kinds of payment method that a payment does not take, though the account does. */
export function excludedMethodTypes(): Schema<Excluded[]> {
  return refine(array(string()), (words, path) => {
    const types = words.map((word, index) => known(word, isExcludable, `${path}[${index}]`));
    if (types.includes('card')) throw onlyCards(path);
    return types;
  });
}

function known<T extends string>(
  word: string,
  isKnown: (word: string) => word is T,
  path: string,
): T {
  if (isKnown(word)) return word;
  throw invalidRequest(`Invalid ${path}: ${word} is not a type of payment method.`, path);
}

function onlyCards(path: string): Error {
  return invalidRequest(
    `The emulator takes cards only, so ${path} would leave nothing to pay with.`,
    path,
  );
}
