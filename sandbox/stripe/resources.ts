import { customers } from './api/customers';
import { prices } from './api/prices';
import { products } from './api/products';
import type { Resource } from './core/route';

/** Everything the API has. A resource becomes known by its line here. */
export const resources: readonly Resource[] = [customers, prices, products];
