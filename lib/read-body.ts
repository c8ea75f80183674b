/**
 * Reads the body of a request, up to a limit.
 *
 * @param limit in bytes
 * @throws BodyTooLargeError when there is more; the rest is not read
 * @throws BodyUnfinishedError when the sender hangs up before the end
 */
export async function readBody(request: Request, limit: number): Promise<string> {
  if (Number(request.headers.get('content-length')) > limit) throw new BodyTooLargeError(limit);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.byteLength;
      if (size > limit) throw new BodyTooLargeError(limit);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof BodyTooLargeError) throw error;
    throw new BodyUnfinishedError('The body ended too early.', { cause: error });
  }
  return Buffer.concat(chunks).toString('utf8');
}

export class BodyTooLargeError extends Error {
  override name = 'BodyTooLargeError';
  constructor(limit: number) {
    super(`The body is larger than ${limit} bytes.`);
  }
}

export class BodyUnfinishedError extends Error {
  override name = 'BodyUnfinishedError';
}
