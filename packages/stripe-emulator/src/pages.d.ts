import type { Hono } from 'hono';
import type { StripeEmulator } from './emulator';

/**
 * The hosted pages (`pages/index.tsx`) as the rest of the package sees them. A TypeScript program
 * knows one kind of JSX only: thanks to this file one that imports the package, and whose JSX is
 * React's, does not check the pages, whose JSX is Hono's.
 */
export function mountPages(app: Hono, emulator: StripeEmulator): void;
