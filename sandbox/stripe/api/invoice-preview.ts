import { route } from '../core/route';

export const invoicePreview = route(
  'POST /v1/invoices/create_preview',
  { right: 'invoice', params: {} },
  () => null,
);
