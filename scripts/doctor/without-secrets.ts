const SECRET_NAMES = /SECRET|PASSWORD|TOKEN/;
/** Shorter ones are words that stand elsewhere, too. */
const SHORTEST = 9;

/**
 * Makes the last look at what is printed: whatever secret of the environment got into it is replaced.
 *
 * @param variables the environment as it was given
 */
export function withoutSecrets(
  variables: Record<string, string | undefined>,
): (text: string) => string {
  const secrets = Object.entries(variables)
    .flatMap(([name, value = '']) =>
      SECRET_NAMES.test(name) ? value.split(',') : passwords(value),
    )
    .map((secret) => secret.trim())
    .filter((secret) => secret.length >= SHORTEST)
    .sort((a, b) => b.length - a.length);
  return (text) => secrets.reduce((shown, secret) => shown.replaceAll(secret, '…'), text);
}

/** The password of an address, as it is written and as it is meant. */
function passwords(value: string): string[] {
  if (!URL.canParse(value)) return [];
  const { password } = new URL(value);
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}
