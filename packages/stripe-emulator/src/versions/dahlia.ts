import { invalidRequest } from '../core/errors';
import type { VersionChange } from '../core/version-change';

/** The ways to show Checkout, by their names of before. */
const UI_MODES = new Map([
  ['custom', 'elements'],
  ['embedded', 'embedded_page'],
  ['hosted', 'hosted_page'],
]);

/** The ways to show Checkout have other names. */
export const dahlia: VersionChange = {
  version: '2026-03-25.dahlia',
  objects: {
    'checkout.session': (_ctx, session) => {
      const former = [...UI_MODES].find(([, mode]) => mode === session.ui_mode)?.[0];
      return { ...session, ui_mode: former ?? session.ui_mode };
    },
  },
  parameters: {
    'POST /v1/checkout/sessions': (_ctx, tree) => {
      const given = tree.get('ui_mode');
      if (typeof given !== 'string') return;
      const mode = UI_MODES.get(given);
      if (!mode) {
        throw invalidRequest(
          `Invalid ui_mode: must be one of ${[...UI_MODES.keys()].join(', ').replace(/, (\w+)$/, ', or $1')}`,
          'ui_mode',
        );
      }
      tree.set('ui_mode', mode);
    },
  },
};
