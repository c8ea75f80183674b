import { onChange } from '@/lib/billing/changes';
import { log } from '@/lib/log';

// Belongs in lib/change-handlers.ts. Called once for each change; again only if it throws.

onChange('greet', async ({ kind, userId, after }) => {
  if (kind !== 'upgraded') return;
  log.info('upgraded', { user: userId, subscription: after.id });
});
