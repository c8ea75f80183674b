import { invalidRequest, StripeError } from './errors';

const LARGEST_BODY = 1024 * 1024;

/**
 * The parameters of a request as form text: those of the query, then those of the body.
 * @throws StripeError for a body that is too large or of another content type than a form
 */
export async function readParameters(request: Request): Promise<string> {
  const query = new URL(request.url).search.slice(1);
  const body = request.method === 'GET' ? '' : await readBody(request);
  if (body !== '' && !isForm(request.headers.get('content-type'))) {
    throw invalidRequest(
      'Invalid request (check that your POST content type is application/x-www-form-urlencoded). If you have any questions, we can help at https://support.stripe.com/.',
    );
  }
  return query && body ? `${query}&${body}` : query || body;
}

async function readBody(request: Request): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > LARGEST_BODY) throw tooLarge();
  if (!request.body) return '';
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of request.body) {
    length += piece.length;
    if (length > LARGEST_BODY) throw tooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function isForm(contentType: string | null): boolean {
  return contentType === null || /^application\/x-www-form-urlencoded\b/i.test(contentType);
}

function tooLarge(): StripeError {
  return new StripeError(413, {
    type: 'invalid_request_error',
    message: 'The request body is larger than the API accepts.',
  });
}
