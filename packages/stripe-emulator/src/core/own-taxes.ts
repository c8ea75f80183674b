/** What is taxed otherwise than its invoice: by rates of its own, or as a price that contains tax. */
export interface OwnTaxes {
  /** The id of an invoice line, or of an invoice item. */
  id: string;
  rates?: string[];
  behavior?: 'exclusive' | 'inclusive';
}
