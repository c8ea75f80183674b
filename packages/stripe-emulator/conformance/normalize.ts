/** Ids of objects: a prefix of Stripe's and letters that say nothing. */
const ID = /\b((?:[a-z]{1,10}_){1,2})(?:test_)?(?=[a-z]*[A-Z0-9])[A-Za-z0-9]{8,}\b/g;

/** Fields whose value is made up anew each time; that there is one is what counts. */
const VOLATILE =
  /^(client_secret|fingerprint|frozen_time|generated_from|hosted_invoice_url|idempotency_key|invoice_pdf|invoice_prefix|number|receipt_url|request|request_id|risk_score|url|authorization_code|network_transaction_id|transaction_link_id|calculated_statement_descriptor)$/;

const DAY = 86_400;
const YEAR_2001 = 1_000_000_000;

/**
 * Makes what one Stripe says comparable with what another says: the same id has the same name wherever
 * it is, times are days from the first one seen, and secrets are only there or not.
 */
export function normalizer(): (value: unknown) => unknown {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  let origin: number | undefined;

  function nameOf(id: string, prefix: string): string {
    const known = names.get(id);
    if (known) return known;
    const count = (counts.get(prefix) ?? 0) + 1;
    counts.set(prefix, count);
    names.set(id, `<${prefix}${count}>`);
    return names.get(id) ?? id;
  }

  function visit(value: unknown, field: string): unknown {
    if (Array.isArray(value)) return value.map((element) => visit(element, field));
    if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(JSON.parse(JSON.stringify(value)));
      return Object.fromEntries(entries.map(([name, inner]) => [name, visit(inner, name)]));
    }
    if (VOLATILE.test(field) && typeof value === 'string') return '<some>';
    if (typeof value === 'number' && value > YEAR_2001) {
      origin ??= value;
      return `<day ${Math.round((value - origin) / DAY)}>`;
    }
    if (typeof value !== 'string') return value;
    return value.replace(ID, (id, prefix: string) => nameOf(id, prefix));
  }
  return (value) => visit(value, '');
}
