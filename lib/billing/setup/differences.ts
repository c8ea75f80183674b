/**
 * Where what is there differs from what should be: only in the fields that `desired` names, since
 * Stripe fills in many more. Lists are compared as sets, since Stripe returns some in its own order.
 *
 * @returns one line for each difference, such as `features.invoice_history.enabled: false → true`
 */
export function differences(desired: unknown, actual: unknown, path = ''): string[] {
  if (Array.isArray(desired)) {
    const same = Array.isArray(actual) && canonical(desired) === canonical(actual, desired);
    return same ? [] : [`${path}: ${show(actual)} → ${show(desired)}`];
  }
  if (isRecord(desired)) {
    const there = isRecord(actual) ? actual : {};
    return Object.entries(desired).flatMap(([key, value]) =>
      differences(value, there[key], path ? `${path}.${key}` : key),
    );
  }
  return desired === actual ? [] : [`${path}: ${show(actual)} → ${show(desired)}`];
}

/** A text that two equal sets share; of records only the fields that the desired ones name. */
function canonical(list: unknown[], like: unknown[] = list): string {
  const keys = isRecord(like[0]) ? Object.keys(like[0]) : null;
  const texts = list.map((item) => {
    const named = keys && isRecord(item) ? keys.map((key) => item[key]) : item;
    return JSON.stringify(named, (_, value) => (Array.isArray(value) ? value.toSorted() : value));
  });
  return texts.toSorted().join();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
