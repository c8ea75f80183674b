import { headers } from 'next/headers';

/** The {@link browserName} of whoever sent the request in progress. */
export async function callersBrowser(): Promise<string> {
  return browserName((await headers()).get('user-agent') ?? '');
}

/** What a browser says it is, as people know it: `Firefox on Linux`. Nothing else of it is used. */
export function browserName(userAgent: string): string {
  const find = (names: readonly (readonly [RegExp, string])[]) =>
    names.find(([pattern]) => pattern.test(userAgent))?.[1];
  const system = find(systems);
  return `${find(browsers) ?? 'an unknown browser'}${system ? ` on ${system}` : ''}`;
}

// Most claim to be others, too: the first that fits is right.
const browsers = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const;

const systems = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
] as const;
