import { StripeError } from '../../core/errors';
import type { StripeEmulator } from '../../emulator';
import { readForm } from '../shared/posted-form';
import { allowedUpdates, presentDetails, saveDetails, taxIdsOf, typedDetails } from './details';
import { DetailsPage } from './details-page';
import { finish } from './flow';
import type { PortalApp } from './portal-app';

/** "Update information": name, email, address and what else the configuration allows. */
export function mountDetails(app: PortalApp, emulator: StripeEmulator): void {
  app.get('/details', (c) => {
    const { visit } = c.var;
    const allowed = allowedUpdates(visit);
    const taxIds = emulator.run(visit.world, (ctx) => taxIdsOf(ctx, visit));
    return c.html(
      <DetailsPage
        visit={visit}
        allowed={allowed}
        values={presentDetails(visit)}
        taxIds={taxIds}
      />,
    );
  });

  app.post('/details', async (c) => {
    const { visit } = c.var;
    const form = await readForm(c);
    const again = (mistakes: { errors?: Record<string, string>; problem?: string }) => {
      const taxIds = emulator.run(visit.world, (ctx) => taxIdsOf(ctx, visit));
      const values = typedDetails(visit, form);
      const allowed = allowedUpdates(visit);
      return c.html(
        <DetailsPage
          {...mistakes}
          visit={visit}
          allowed={allowed}
          values={values}
          taxIds={taxIds}
        />,
        422,
      );
    };
    try {
      const errors = saveDetails(emulator, visit, form);
      return errors ? again({ errors }) : finish(c, emulator, visit, 'details');
    } catch (error) {
      if (error instanceof StripeError) return again({ problem: error.message });
      throw error;
    }
  });
}
