/**
 * The fields in which an object differs from what it should be. Only fields that `desired` has are
 * compared, because Stripe fills in many more. Lists are compared as sets, because Stripe returns some
 * in an order of its own.
 *
 * @returns one line for each difference, such as `features.invoice_history.enabled: false → true`
 */
export function diffFields(desired: unknown, actual: unknown, path = ''): string[] {
  if (Array.isArray(desired)) {
    const same = Array.isArray(actual) && isSameSet(desired, actual);
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

/** Whether each element is what one of the others should be, and none is left over. */
function isSameSet(desired: readonly unknown[], actual: readonly unknown[]): boolean {
  return (
    desired.length === actual.length &&
    desired.every((wanted) => actual.some((each) => diffFields(wanted, each).length === 0))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
