import { invalidRequest, StripeError } from './errors';
import { decodeForm, decodeJson, type FormTree } from './form';

const LARGEST_BODY = 1024 * 1024;

/**
 * The parameters of a request: those of the query, then those of the body, which is JSON in the second
 * API and a form in the first.
 * @throws StripeError for a body that is too large, malformed, or of another content type
 */
export async function readParameters(request: Request): Promise<FormTree> {
  const { pathname, search } = new URL(request.url);
  const query = search.slice(1);
  const body = request.method === 'GET' ? '' : await readBody(request);
  if (pathname.startsWith('/v2/')) {
    if (body !== '' && !isJson(request.headers.get('content-type'))) {
      throw invalidRequest('The content type of requests to /v2 must be application/json.');
    }
    return new Map([...decodeForm(query), ...decodeJson(body)]);
  }
  if (body !== '' && !isForm(request.headers.get('content-type'))) {
    throw invalidRequest(
      'Invalid request (check that your POST content type is application/x-www-form-urlencoded). If you have any questions, we can help at https://support.stripe.com/.',
    );
  }
  return decodeForm(query && body ? `${query}&${body}` : query || body);
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

function isJson(contentType: string | null): boolean {
  return /^application\/json\b/i.test(contentType ?? '');
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
