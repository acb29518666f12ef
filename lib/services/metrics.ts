import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { asSystem } from '@/lib/auth/tenants';
import { query } from '@/lib/db/client';
import { WORKER_SILENCE_SECONDS } from './worker-processes';

export const registry = new Registry();
collectDefaultMetrics({ register: registry, prefix: 'elder_' });

/** Labels are bounded: method and status class only, never a path or an id. */
export const requestSeconds = new Histogram({
  name: 'elder_http_request_duration_seconds',
  help: 'Time to answer API requests.',
  labelNames: ['method', 'status'] as const,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  registers: [registry],
});

/** Set by the hub: connections of browsers that follow audits. */
export const openSockets = new Gauge({
  name: 'elder_sockets',
  help: 'Open sockets of people who are signed in.',
  registers: [registry],
});

/** Labels are bounded: codes of lib/errors.ts. */
export const refusals = new Counter({
  name: 'elder_refusals_total',
  help: 'Requests and sockets refused, by code.',
  labelNames: ['code'] as const,
  registers: [registry],
});

new Gauge({
  name: 'elder_audits',
  help: 'Audits by status.',
  labelNames: ['status'] as const,
  registers: [registry],
  async collect() {
    const rows = await query<{ status: string; count: number }>`
      select status::text, count(*)::int as count from audits group by status`;
    for (const status of ['queued', 'running', 'completed', 'partial', 'failed', 'cancelled']) {
      this.set({ status }, rows.find((row) => row.status === status)?.count ?? 0);
    }
  },
});

new Gauge({
  name: 'elder_jobs',
  help: 'Jobs of running audits by stage and status.',
  labelNames: ['stage', 'status'] as const,
  registers: [registry],
  async collect() {
    this.reset();
    const rows = await query<{ kind: string; status: string; count: number }>`
      select kind, status::text, count(*)::int as count from audit_jobs
      where status in ('waiting', 'running') group by kind, status`;
    for (const { kind, status, count } of rows) this.set({ stage: kind, status }, count);
  },
});

new Gauge({
  name: 'elder_workers',
  help: `Worker processes that reported within ${WORKER_SILENCE_SECONDS} seconds.`,
  registers: [registry],
  async collect() {
    const [row] = await query<{ count: number }>`
      select count(*)::int as count from worker_processes
      where last_seen_at > now() - ${WORKER_SILENCE_SECONDS} * interval '1 second'`;
    this.set(row?.count ?? 0);
  },
});

let rendering: Promise<string> | undefined;

/** Prometheus text format. Who asks at the same time gets the same: anybody may ask, and each costs queries. */
export function renderMetrics(): Promise<string> {
  rendering ??= asSystem(() => registry.metrics()).finally(() => {
    rendering = undefined;
  });
  return rendering;
}
