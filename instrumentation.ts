import type { Instrumentation } from 'next';
import { EnvironmentError, env } from './lib/env';

/**
 * Runs once, before the server takes requests. An incomplete environment stops the start and lists
 * everything that is wrong with it.
 */
export async function register(): Promise<void> {
  // Written this way so that the build leaves it out where there is no process to end.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    try {
      // Before the console writes JSON: what is missing is for somebody to read.
      const { NEXTAUTH_URL, TRUSTED_PROXIES, DRAIN_SECONDS, OTEL_EXPORTER_OTLP_ENDPOINT } = env();
      const { captureConsole } = await import('./lib/log');
      if (process.env.NODE_ENV === 'production') captureConsole();
      const [{ guardRequests }, { renderedPageHeaders }] = await Promise.all([
        import('./lib/request/guard'),
        import('./lib/page-headers'),
      ]);
      const { origin, protocol } = new URL(NEXTAUTH_URL);
      guardRequests({
        origin,
        insistOnHttps: protocol === 'https:' && process.env.NODE_ENV === 'production',
        trustedProxies: TRUSTED_PROXIES,
        allowUpgrades: process.env.NODE_ENV === 'development',
        headersOfPage: () => renderedPageHeaders(env()),
        drainSeconds: process.env.NODE_ENV === 'production' ? DRAIN_SECONDS : 0,
      });
      if (OTEL_EXPORTER_OTLP_ENDPOINT) await (await import('./lib/tracing')).startTracing();
      const { registerChangeHandlers } = await import('./lib/change-handlers');
      registerChangeHandlers();
      const [{ after }, { deferWith }] = await Promise.all([
        import('next/server'),
        import('./lib/after-response'),
      ]);
      deferWith(after);
      const { deliverLeft } = await import('./lib/deliver-left');
      deliverLeft();
    } catch (error) {
      console.error(error instanceof EnvironmentError ? error.message : error);
      process.exit(1);
    }
  }
}

/** Every error that no page of ours handled. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { reportRequestError } = await import('./lib/request/report-error');
    reportRequestError(error, { method: request.method, route: context.routePath });
  }
};
