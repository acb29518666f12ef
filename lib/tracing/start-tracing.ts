import type { Logger } from '@/lib/logger';

interface TracingSettings {
  /** Of an OpenTelemetry collector that takes OTLP over HTTP; spans go to `/v1/traces` below it. */
  endpoint: string;
  /** web or worker */
  process: string;
  version: string;
  log: Logger;
}

/**
 * Sends spans of this process from now on. A collector that is away costs spans and nothing else: a batch waits in memory and
 * is then dropped. Further standard settings are read by the exporter (`OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_TRACES_SAMPLER`).
 */
export async function startTracing({ endpoint, process, version, log }: TracingSettings): Promise<AsyncDisposable> {
  // Loaded by who wants it alone: it costs every start and a few megabytes.
  const [api, { AsyncLocalStorageContextManager }, core, resources, { OTLPTraceExporter }, sdk] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/context-async-hooks'),
    import('@opentelemetry/core'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/sdk-trace-base'),
  ]);
  const warn = (message: string) => log.warn({ problem: message.slice(0, 200) }, 'tracing failed');
  const silent = () => undefined;
  const diagnostics = { error: warn, warn, info: silent, debug: silent, verbose: silent };
  api.diag.setLogger(diagnostics, { logLevel: api.DiagLogLevel.WARN, suppressOverrideMessage: true });
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
  const provider = new sdk.BasicTracerProvider({
    resource: resources.resourceFromAttributes({
      'service.name': `ancient-elder-${process}`,
      'service.version': version,
    }),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter)],
  });
  api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  api.propagation.setGlobalPropagator(new core.W3CTraceContextPropagator());
  api.trace.setGlobalTracerProvider(provider);
  log.info({ process }, 'traces are sent');
  return {
    async [Symbol.asyncDispose]() {
      await provider.shutdown();
      api.trace.disable();
      api.propagation.disable();
      api.context.disable();
    },
  };
}
