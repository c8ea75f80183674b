import type { Context, Hono } from 'hono';
import type { Visit } from './visit';

interface Env {
  Variables: { visit: Visit };
}

/** The app below `/p/session/:token`: every handler finds an open visit in its variables. */
export type PortalApp = Hono<Env>;

export type PortalRequest = Context<Env>;
