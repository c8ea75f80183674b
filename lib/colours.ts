import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Theme } from './theme';

/**
 * A colour of app/tokens.css, for what no stylesheet reaches: e-mails, pictures, the browser's own
 * frame.
 *
 * @param name the token's, without its dashes
 * @returns `#rrggbb` for each theme
 * @throws Error when the file has no such colour, or writes it in another way
 */
export function colour(name: string): Record<Theme, string> {
  tokens ??= readFileSync(path.join(process.cwd(), 'app/tokens.css'), 'utf8');
  const pattern = `--${name}:\\s*light-dark\\((#[0-9a-f]{6}),\\s*(#[0-9a-f]{6})\\)`;
  const [, light, dark] = new RegExp(pattern, 'i').exec(tokens) ?? [];
  if (!light || !dark) {
    throw new Error(
      `app/tokens.css has no --${name}: light-dark(#rrggbb, #rrggbb). E-mails and pictures know no other way to write a colour.`,
    );
  }
  return { light, dark };
}

let tokens: string | undefined;
