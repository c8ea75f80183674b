/** What this product is called and how to reach its people. Rename it here, and nowhere else. */
export const product = {
  name: 'Keel',
  tagline: 'The billing starter that holds its course',
  supportEmail: 'support@example.com',
} as const;
