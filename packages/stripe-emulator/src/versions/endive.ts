import { invalidRequest } from '../core/errors';
import type { FormTree } from '../core/form';
import type { VersionChange } from '../core/version-change';

const ANCHOR = { billing_cycle_anchor: 'billing_cycle_anchor.type' };

/** Payment method types are no longer listed; the billing cycle's anchor is a hash. */
export const endive: VersionChange = {
  version: '2026-09-30.endive',
  moved: {
    'POST /v1/subscriptions/:id': ANCHOR,
    'POST /v1/subscriptions/:id/resume': ANCHOR,
  },
  parameters: {
    'POST /v1/checkout/sessions': (_ctx, tree) => takeMethodTypes(tree),
    'POST /v1/payment_intents': (_ctx, tree) => takeMethodTypes(tree),
    'POST /v1/payment_intents/:id': (_ctx, tree) => takeMethodTypes(tree),
    'POST /v1/payment_intents/:id/confirm': (_ctx, tree) => takeMethodTypes(tree),
    'POST /v1/setup_intents': (_ctx, tree) => takeMethodTypes(tree),
    'POST /v1/setup_intents/:id': (_ctx, tree) => takeMethodTypes(tree),
    'POST /v1/invoices/create_preview': (_ctx, tree) => {
      const details = tree.get('subscription_details');
      const anchor = details instanceof Map ? details.get('billing_cycle_anchor') : undefined;
      if (!(details instanceof Map) || typeof anchor !== 'string') return;
      const isTime = /^\d+$/.test(anchor);
      details.set(
        'billing_cycle_anchor',
        new Map(
          isTime
            ? [
                ['type', 'timestamp'],
                ['timestamp', anchor],
              ]
            : [['type', anchor]],
        ),
      );
    },
  },
};

/** Cards are what the emulator takes anyway. @throws StripeError for anything else */
function takeMethodTypes(tree: FormTree): void {
  const types = tree.get('payment_method_types');
  tree.delete('payment_method_types');
  if (!(types instanceof Map)) return;
  for (const [index, type] of types) {
    if (type === 'card') continue;
    throw invalidRequest(
      `The emulator takes cards only, not payment_method_types[${index}] \`${type}\`.`,
      `payment_method_types[${index}]`,
    );
  }
}
