import { StartError } from './start-error';

/**
 * Opens something that is kept in the state folder.
 *
 * @param dir the folder of all state, or `memory` for none
 * @param what what is opened, as people know it
 * @throws StartError when the folder or what is in it is of no use: read-only, full, damaged
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
      `${what} cannot be opened in ${dir}${reason(error)}\nIs the folder writable, and is there room on its disk? Otherwise delete it (rm -rf ${dir}) and start again: only what the stand-ins remember is lost.`,
      { cause: error },
    );
  }
}

/** Some say nothing, or only how they were built. */
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  return message && !message.startsWith('Aborted') ? `: ${message}` : '.';
}
