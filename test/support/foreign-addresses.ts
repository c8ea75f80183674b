/** Ways to write an address elsewhere that some parser somewhere takes for a path of ours. */
export function foreignAddresses(app: { url: string }): string[] {
  const { host } = new URL(app.url);
  return [
    ...[
      'https://evil.example',
      '//evil.example',
      '///evil.example',
      '/\\evil.example',
      '\\\\evil.example',
    ],
    ...[
      '/\t/evil.example',
      '/\n/evil.example',
      '/\r\n/evil.example',
      '\t//evil.example',
      ' //evil.example',
    ],
    ...[
      '%2f%2fevil.example',
      '/%2f/evil.example',
      '/%5cevil.example',
      '/%09/evil.example',
      '%68ttps://evil.example',
    ],
    ...[
      'https:evil.example',
      'https:/evil.example',
      'https:\\\\evil.example',
      'HTTPS://evil.example',
    ],
    ...['javascript:alert(1)', 'data:text/html,x', 'java\nscript:alert(1)', 'vbscript:x', 'blob:x'],
    ...[
      `${app.url}@evil.example`,
      `${app.url}.evil.example`,
      `https://${host}@evil.example/`,
      `//${host}@evil.example`,
    ],
    ...[
      '/@evil.example',
      '/.evil.example',
      '//evil。example',
      '//evil.example%2f..',
      '/\u2028/evil.example',
    ],
    ...[
      '／／evil.example',
      '/／evil.example',
      '//%65vil.example',
      '/..//evil.example',
      './/evil.example',
    ],
    ...[
      '/billing/..//evil.example',
      '/;@evil.example',
      '//[::1]:1/',
      '/\u0000/evil.example',
      '//evil.example\\@x',
    ],
  ];
}
