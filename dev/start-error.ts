/** Nothing was started, for a reason that the developer can fix. The message says how. */
export class StartError extends Error {
  override name = 'StartError';
}
