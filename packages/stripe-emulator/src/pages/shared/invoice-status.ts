/** How an invoice's status is told to the one who pays it. */
export const INVOICE_STATUS: Record<string, { text: string; tone: 'good' | 'warn' | 'bad' | '' }> =
  {
    draft: { text: 'Draft', tone: '' },
    open: { text: 'Open', tone: 'warn' },
    paid: { text: 'Paid', tone: 'good' },
    uncollectible: { text: 'Uncollectible', tone: 'bad' },
    void: { text: 'Void', tone: '' },
  };
