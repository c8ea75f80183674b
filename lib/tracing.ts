import type { Attributes, Span, SpanOptions } from '@opentelemetry/api';
import type { SpanProcessor } from '@opentelemetry/sdk-trace';
import { log, redact } from './log';
import { product } from './product';
import { requestContext } from './request/context';

type Tracing = {
  api: typeof import('@opentelemetry/api');
  /** Sends what is left. */
  stop: () => Promise<void>;
};

// Next bundles instrumentation.ts apart from the pages, so this module exists twice in a process.
const shared: typeof globalThis & { tracing?: Tracing } = globalThis;

/**
 * Starts sending spans (Next's own and those of {@link withSpan}) to the collector that
 * OTEL_EXPORTER_OTLP_ENDPOINT names, over OTLP/HTTP. OpenTelemetry is only loaded here.
 */
export async function startTracing(): Promise<void> {
  const [api, { AsyncLocalStorageContextManager }, core, resources, sdk, { OTLPTraceExporter }] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/context-async-hooks'),
      import('@opentelemetry/core'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-http'),
    ]);
  const provider = new sdk.TracerProvider({
    resource: resources
      .defaultResource()
      .merge(resources.resourceFromAttributes({ 'service.name': product.name.toLowerCase() }))
      .merge(resources.detectResources({ detectors: [resources.envDetector] })),
    spanProcessors: [redacting, new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  const say = (reason: string) => log.warn('traces not sent', { reason });
  const nothing = () => {};
  const diagnostics = { error: say, warn: say, info: nothing, debug: nothing, verbose: nothing };
  api.diag.setLogger(diagnostics, { logLevel: api.DiagLogLevel.WARN });
  api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  api.propagation.setGlobalPropagator(new core.W3CTraceContextPropagator());
  api.trace.setGlobalTracerProvider(provider);
  shared.tracing = { api, stop: () => provider.shutdown() };
}

/** Sends the spans that have not been sent. */
export async function stopTracing(): Promise<void> {
  await shared.tracing?.stop();
}

/**
 * Does work under a span of its own; without one while tracing is off. */
export function withSpan<Result>(
  name: string,
  options: SpanOptions,
  work: (span?: Span) => Promise<Result>,
): Promise<Result> {
  if (!shared.tracing) return work();
  const { trace, SpanStatusCode } = shared.tracing.api;
  return trace.getTracer('app').startActiveSpan(name, options, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.recordException(error instanceof Error ? error : String(error));
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Gives every span the ID of its request, and takes out what the log must not have either. */
const redacting: SpanProcessor = {
  onStart(span) {
    const id = requestContext()?.id;
    if (id) span.setAttribute('request.id', id);
  },
  onEnding(span) {
    span.setAttributes(redacted(span.attributes));
    for (const event of span.events) event.attributes = redacted(event.attributes ?? {});
    const { code, message } = span.status;
    if (message) span.setStatus({ code, message: String(redact(message)) });
    span.updateName(withoutQuery(span.name));
  },
  onEnd() {},
  async forceFlush() {},
  async shutdown() {},
};

function redacted(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      typeof value === 'string' ? withoutQuery(String(redact(value))) : value,
    ]),
  );
}

/** An address of ours can have a sign-in token in its query. */
function withoutQuery(text: string): string {
  return text.replace(/^(\w+ )?(\/[^\s?]*)\?\S*/, '$1$2');
}
