import { invalidRequest, StripeError } from './errors';
import { API_VERSION, endpointOf, endpointShape, isIn, parameterShape } from './surface';

/** The 404 for a path that leads nowhere: at Stripe neither, or only here. */
export function unknownPath(method: string, path: string, version = API_VERSION): StripeError {
  const endpoint = endpointOf(method, path);
  const shape = endpoint === undefined ? undefined : endpointShape(endpoint);
  return new StripeError(404, {
    type: 'invalid_request_error',
    message:
      shape && isIn(version, shape)
        ? `The emulator does not support ${endpoint} yet.`
        : `Unrecognized request URL (${method}: ${path}). The emulator's README lists the resources it has.`,
  });
}

/** The refusal of a parameter as unknown, in the emulator's own name when Stripe does know it. */
export function namingEmulator(endpoint: string, error: unknown, version: string): unknown {
  if (!(error instanceof StripeError)) return error;
  const { code, param } = error.body;
  const stripes = endpointShape(endpoint);
  if (code !== 'parameter_unknown' || param === undefined || !stripes) return error;
  const shape = parameterShape(stripes, param);
  if (!shape || !isIn(version, shape)) return error;
  return invalidRequest(`The emulator does not support the parameter ${param} yet.`, param);
}
