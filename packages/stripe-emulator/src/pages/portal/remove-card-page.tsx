import type { FC } from 'hono/jsx';
import { PortalPage } from './portal-page';
import type { Visit } from './visit';

export const RemoveCardPage: FC<{ visit: Visit; id: string; title: string }> = ({
  visit,
  id,
  title,
}) => (
  <PortalPage visit={visit} title="Remove payment method" back="">
    <form class="stack" method="post" action={`${visit.base}/payment-methods/${id}/remove`}>
      <h1>Remove payment method</h1>
      <p>{title} will no longer be charged, and has to be entered again to be used again.</p>
      <div class="actions">
        <button class="button danger" type="submit">
          Remove payment method
        </button>
      </div>
    </form>
  </PortalPage>
);
