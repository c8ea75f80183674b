/** Nothing could be started, for a reason the developer can fix. The message says how. */
export class StartError extends Error {
  override name = 'StartError';
}
