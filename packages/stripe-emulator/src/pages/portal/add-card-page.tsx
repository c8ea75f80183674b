import type { FC } from 'hono/jsx';
import { CardFields } from '../shared/card-fields';
import type { CardErrors, CardKept } from '../shared/card-input';
import { Notice } from '../shared/notice';
import { TestCardsNote } from '../shared/test-cards-note';
import { PortalPage } from './portal-page';
import type { Visit } from './visit';

interface AddCardPageProps {
  visit: Visit;
  problem?: string;
  errors?: CardErrors;
  kept?: CardKept;
}

export const AddCardPage: FC<AddCardPageProps> = ({ visit, problem, errors, kept }) => (
  <PortalPage visit={visit} title="Add payment method" back={visit.flow ? undefined : ''}>
    <form class="stack" method="post" action={`${visit.base}/payment-methods/add`}>
      <h1>Add payment method</h1>
      {problem && <Notice tone="bad">{problem}</Notice>}
      <CardFields kept={kept} errors={errors} />
      {!visit.flow && (
        <label class="check">
          <input type="checkbox" name="default" value="yes" checked />
          <span>Use as default payment method</span>
        </label>
      )}
      <TestCardsNote />
      <p class="muted small">
        By adding it, you let {visit.business} charge it for future payments.
      </p>
      <div class="actions">
        <button class="button primary" type="submit">
          Add payment method
        </button>
      </div>
    </form>
  </PortalPage>
);
