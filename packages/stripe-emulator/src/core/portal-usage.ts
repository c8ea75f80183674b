/** When a portal session was last used; it has no expiry field of its own. */
export interface PortalUsage {
  /** The session's id. */
  id: string;
  /** Unix seconds of the first visit, `null` while nobody came. */
  first_used_at: number | null;
  /** Unix seconds of the latest visit. */
  last_used_at: number | null;
}
