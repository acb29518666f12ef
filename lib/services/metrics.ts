import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { asSystem } from '@/lib/auth/tenants';
import './instance-metrics';
import './process-metrics';
import { instanceMetrics, processMetrics } from './metric-registries';

/** Labels are bounded: method and status class only, never a path or an id. */
export const requestSeconds = new Histogram({
  name: 'elder_http_request_duration_seconds',
  help: 'Time to answer API requests.',
  labelNames: ['method', 'status'] as const,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  registers: [processMetrics],
});

/** Set by the hub: connections of browsers that follow audits. */
export const openSockets = new Gauge({
  name: 'elder_sockets',
  help: 'Open sockets of people who are signed in.',
  registers: [processMetrics],
});

/** Labels are bounded: codes of lib/errors.ts. */
export const refusals = new Counter({
  name: 'elder_refusals_total',
  help: 'Requests and sockets refused, by code.',
  labelNames: ['code'] as const,
  registers: [processMetrics],
});

/** Labels are bounded: hosts of lib/git/providers and what became of the request. */
export const webhookDeliveries = new Counter({
  name: 'elder_webhook_deliveries_total',
  help: 'Requests to webhooks, by host and result.',
  labelNames: ['provider', 'result'] as const,
  registers: [processMetrics],
});

const all = Registry.merge([processMetrics, instanceMetrics]);
let rendering: Promise<string> | undefined;

/** Of a web process. Who asks at the same time gets the same: anybody may ask, and each costs queries. */
export function renderMetrics(): Promise<string> {
  rendering ??= asSystem(() => all.metrics()).finally(() => {
    rendering = undefined;
  });
  return rendering;
}
