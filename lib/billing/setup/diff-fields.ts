/**
 * The fields in which an object differs from what it should be. Only fields that `desired` has are
 * compared, because Stripe fills in many more. Lists are compared as sets, because Stripe returns some
 * in an order of its own.
 *
 * @returns one line for each difference, such as `features.invoice_history.enabled: false → true`
 */
export function diffFields(desired: unknown, actual: unknown, path = ''): string[] {
  if (Array.isArray(desired)) {
    const same = Array.isArray(actual) && canonical(desired) === canonical(actual, desired);
    return same ? [] : [`${path}: ${show(actual)} → ${show(desired)}`];
  }
  if (isRecord(desired)) {
    const fields = isRecord(actual) ? actual : {};
    return Object.entries(desired).flatMap(([key, value]) =>
      diffFields(value, fields[key], path ? `${path}.${key}` : key),
    );
  }
  return desired === actual ? [] : [`${path}: ${show(actual)} → ${show(desired)}`];
}

/** Text that is the same for two equal sets. Of records, only the fields that `like`'s records have. */
function canonical(list: unknown[], like: unknown[] = list): string {
  const keys = isRecord(like[0]) ? Object.keys(like[0]) : null;
  const texts = list.map((item) => {
    const compared = keys && isRecord(item) ? keys.map((key) => item[key]) : item;
    return JSON.stringify(compared, (_, value) =>
      Array.isArray(value) ? value.toSorted() : value,
    );
  });
  return texts.toSorted().join();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
