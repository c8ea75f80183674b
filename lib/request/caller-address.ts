import { isIPv6 } from 'node:net';

/**
 * The address a request comes from. `X-Forwarded-For` can be forged by anybody, except for the
 * entries that our own proxies append, so only as many of its last entries count as there are
 * trusted proxies.
 *
 * @param socketAddress the address of whoever connected to us
 * @param forwardedFor the header as it came
 * @param trustedProxies how many proxies of ours a request passes; 0 when the app is reached directly
 * @returns an IPv4 address, or the /64 network of an IPv6 one: whoever has one address there has all
 */
export function callerAddress(
  socketAddress: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: number,
): string {
  const hops = forwardedFor?.split(',').map((each) => each.trim()) ?? [];
  // Each proxy appends whom it heard from; the last of them is the socket itself.
  const chain = [...hops, socketAddress ?? ''];
  const address = chain[Math.max(0, chain.length - 1 - trustedProxies)] ?? '';
  return network(address.replace(/^::ffff:/i, ''));
}

function network(address: string): string {
  if (!isIPv6(address)) return address.slice(0, 64) || 'unknown';
  const [head = '', tail] = address.toLowerCase().split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail?.split(':').filter(Boolean) ?? [];
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  const groups = [...left, ...(tail === undefined ? [] : zeros), ...right];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
