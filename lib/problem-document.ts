import { STATUS_CODES } from 'node:http';

/**
 * An API's answer to a request that it refuses: a problem document (RFC 9457), never cached.
 *
 * @param detail says what is wrong, for whoever wrote the request
 * @param members what programs need to know beyond the status
 */
export function problemDocument(
  status: number,
  detail: string,
  { members = {}, headers = {} }: { members?: object; headers?: Record<string, string> } = {},
): Response {
  const body = { type: 'about:blank', title: STATUS_CODES[status], status, detail, ...members };
  return Response.json(body, {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...headers,
    },
  });
}
