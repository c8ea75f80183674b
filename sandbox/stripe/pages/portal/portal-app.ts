import type { Hono } from 'hono';
import type { Visit } from './visit';

/** The app below `/p/session/:token`: every handler finds an open visit in its variables. */
export type PortalApp = Hono<{ Variables: { visit: Visit } }>;
