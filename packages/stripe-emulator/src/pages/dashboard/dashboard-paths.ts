/** Everything the dashboard answers on. */
export const DASHBOARD_PATHS = [
  '/',
  '/customers/*',
  '/objects/*',
  '/requests/*',
  '/events/*',
  '/deliveries/*',
  '/clock/*',
  '/faults/*',
];
