/** The product's name, tagline and support address. To rename the product, change it here. */
export const product = {
  name: 'Keel',
  tagline: 'The billing starter that holds its course',
  supportEmail: 'support@example.com',
} as const;
