import { StartError } from './start-error';

/**
 * Opens something that is kept in the state folder.
 *
 * @param dir the state folder, or `memory` for none
 * @param what what is being opened, for the error message
 * @throws StartError when the folder or its contents cannot be used: read-only, full, damaged
 */
export async function openState<T>(
  dir: string,
  what: string,
  open: () => T | Promise<T>,
): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (dir === 'memory' || error instanceof StartError) throw error;
    throw new StartError(
      `${what} could not be opened in ${dir}${reason(error)}\nCheck that the folder is writable and that the disk is not full. If it is damaged, delete ${dir} and start again: you lose only what the stand-ins had stored.`,
      { cause: error },
    );
  }
}

/** Some errors have no message, or PGlite's "Aborted(…)", which helps nobody. */
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  return message && !message.startsWith('Aborted') ? `: ${message}` : '.';
}
