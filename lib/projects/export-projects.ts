import { consume, release } from '../usage/consume';
import { type ProjectView, projectsOf } from './projects';

/**
 * A person's projects as CSV, which uses up one of their exports. An export that fails is given back.
 *
 * @throws LimitReached when they have no export left
 */
export async function exportProjects(user: { id: string }): Promise<string> {
  await consume(user, 'exports');
  try {
    return toCsv(await projectsOf(user.id));
  } catch (error) {
    await release(user, 'exports');
    throw error;
  }
}

export function toCsv(projects: readonly ProjectView[]): string {
  const rows = projects.map(({ id, name, createdAt }) => [id, name, createdAt.toISOString()]);
  return [['id', 'name', 'created'], ...rows]
    .map((row) => `${row.map(cell).join(',')}\r\n`)
    .join('');
}

/** Spreadsheets would run what begins like a formula, so it gets an apostrophe. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
