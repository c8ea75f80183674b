/** @jsxImportSource hono/jsx */
import { Hono } from 'hono';
import type { StripeSandbox } from '../stripe-sandbox';
import { mountAssets } from './assets/assets';
import { mountCheckout } from './checkout/checkout-routes';
import { mountDashboard } from './dashboard/dashboard-routes';
import { mountInvoices } from './invoice/invoice-routes';
import { mountLogin } from './portal/login-routes';
import { mountPortal } from './portal/portal-routes';
import { ProblemPage } from './shared/problem-page';
import { protectPages } from './shared/protect-pages';

/** Puts every page people see onto the sandbox's app: Checkout, portal, invoices, dashboard. */
export function mountPages(app: Hono, sandbox: StripeSandbox): void {
  const pages = new Hono();
  pages.onError((error, c) => {
    console.error(error);
    return c.html(
      <ProblemPage title="Something went wrong">
        The sandbox made a mistake; its output says which.
      </ProblemPage>,
      500,
    );
  });
  mountAssets(pages);
  protectPages(pages);
  mountCheckout(pages, sandbox);
  mountPortal(pages, sandbox);
  mountLogin(pages, sandbox);
  mountInvoices(pages, sandbox);
  mountDashboard(pages, sandbox);
  app.route('/', pages);
}
