/** A difference that is no mistake. */
export interface KnownDifference {
  /** The only scenario it is in; any when it is absent. */
  scenario?: string;
  /** The places it is at, such as `charge.balance_transaction`. */
  path: RegExp;
  reason: string;
}

/**
 * Differences that are expected, whoever runs it: what depends on the account, and what the emulator
 * leaves out.
 */
export const knownDifferences: readonly KnownDifference[] = [
  {
    path: /(^|\.)(account_name|account_country|business_profile|business_name)$/,
    reason: 'They are those of the account.',
  },
  {
    path: /payment_method_types(\[\d+\])?$/,
    reason: 'They depend on what the account takes. The emulator takes cards.',
  },
  {
    path: /payment_method_configuration_details/,
    reason: 'It names a configuration of the account.',
  },
  {
    path: /payment_method_options/,
    reason: 'There are as many as the account takes kinds of payment method.',
  },
  {
    path: /(^|\.)(outcome\.risk_score|radar_options)/,
    reason: 'Radar is not emulated.',
  },
  {
    path: /(^|\.)statement_descriptor/,
    reason: 'It is that of the account.',
  },
];
