import { Hono } from 'hono';
import { StripeError } from '../core/errors';
import type { mountPages as declared } from '../pages';
import { mountAssets } from './assets/assets';
import { mountAuthentication } from './authentication/authentication-routes';
import { mountCheckout } from './checkout/checkout-routes';
import { mountPaymentLinks } from './checkout/payment-link-routes';
import { mountDashboard } from './dashboard/dashboard-routes';
import { mountInvoices } from './invoice/invoice-routes';
import { mountLogin } from './portal/login-routes';
import { mountPortal } from './portal/portal-routes';
import { ProblemPage } from './shared/problem-page';
import { protectPages } from './shared/protect-pages';

/** Puts every page people see onto the emulator's app: Checkout, portal, invoices, authentication, dashboard. */
export const mountPages: typeof declared = (app, emulator) => {
  const pages = new Hono();
  pages.onError((error, c) => {
    if (error instanceof StripeError) {
      return c.html(<ProblemPage title="This did not work">{error.message}</ProblemPage>, 400);
    }
    console.error(error);
    return c.html(
      <ProblemPage title="Something went wrong">
        The emulator made a mistake; its output says which.
      </ProblemPage>,
      500,
    );
  });
  mountAssets(pages);
  protectPages(pages);
  mountCheckout(pages, emulator);
  mountPaymentLinks(pages, emulator);
  mountPortal(pages, emulator);
  mountLogin(pages, emulator);
  mountInvoices(pages, emulator);
  mountAuthentication(pages, emulator);
  mountDashboard(pages, emulator);
  app.route('/', pages);
};
