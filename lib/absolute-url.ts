/** A complete web address, as other servers have: the only kind besides our own routes to redirect to. */
export type AbsoluteUrl = `http://${string}` | `https://${string}`;

export function isAbsoluteUrl(address: string): address is AbsoluteUrl {
  return /^https?:\/\//.test(address) && URL.canParse(address);
}
