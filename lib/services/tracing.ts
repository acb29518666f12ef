import { env } from '@/lib/env';
import { logger } from '@/lib/logger';
import packageJson from '@/package.json' with { type: 'json' };

/** Sends spans of this process where the operator says; null where nobody asked for that. */
export async function startTracingOf(process: 'web' | 'worker'): Promise<AsyncDisposable | null> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = env();
  if (endpoint === undefined) return null;
  const { startTracing } = await import('@/lib/tracing/start-tracing');
  return startTracing({ endpoint, process, version: packageJson.version, log: logger() });
}
