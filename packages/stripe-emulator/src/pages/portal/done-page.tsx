import type { FC } from 'hono/jsx';
import { PortalPage } from './portal-page';
import type { Visit } from './visit';

/** Where a flow with a hosted confirmation ends, and where its link leads from then on. */
export const DonePage: FC<{ visit: Visit }> = ({ visit }) => {
  const after = visit.session.flow?.after_completion;
  return (
    <PortalPage visit={visit} title="Done">
      <div class="stack">
        <h1>Done</h1>
        <p>{after?.hosted_confirmation?.custom_message ?? 'Your change is saved.'}</p>
      </div>
    </PortalPage>
  );
};
