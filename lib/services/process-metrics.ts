import { Counter, Gauge, Histogram } from 'prom-client';
import { type GitEnd, gitEnds } from '@/lib/git/git-failure';
import { type ProviderRequestOutcome, providerRequests } from '@/lib/git/providers/provider-fetch';
import type { JobName } from '@/lib/queues/catalog';
import { readDisk } from './disk';
import { measured, processMetrics } from './metric-registries';

export type JobOutcome = 'done' | 'retried' | 'failed' | 'handed_back' | 'stopped';

/** Labels are bounded: names of lib/queues/catalog.ts and the outcomes above. */
export const jobSeconds = new Histogram<'job' | 'outcome'>({
  name: 'elder_job_duration_seconds',
  help: 'Time that runs of jobs took, by job and outcome.',
  labelNames: ['job', 'outcome'],
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900],
  registers: [processMetrics],
});

export function countJob(job: JobName, outcome: JobOutcome, startedAt: number): void {
  jobSeconds.observe({ job, outcome }, (performance.now() - startedAt) / 1000);
}

export const jobsInHand = new Gauge({
  name: 'elder_worker_jobs',
  help: 'Jobs that this worker has in hand.',
  registers: [processMetrics],
});

/** Labels are bounded: WORKER_KINDS of lib/env.ts. */
export const workerSlots = new Gauge<'kind'>({
  name: 'elder_worker_slots',
  help: 'Jobs of each kind that this worker runs at a time.',
  labelNames: ['kind'],
  registers: [processMetrics],
});

export const jobsHandedOver = new Counter({
  name: 'elder_jobs_handed_over_total',
  help: 'Jobs taken from workers that died or forgot them.',
  registers: [processMetrics],
});

const gitSeconds = new Histogram<'command'>({
  name: 'elder_git_duration_seconds',
  help: 'Time that Git took to ask a remote (ls-remote) and to fetch from it (fetch).',
  labelNames: ['command'],
  buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900],
  registers: [processMetrics],
});

/** Labels are bounded: codes of lib/errors.ts. */
const gitFailures = new Counter<'code'>({
  name: 'elder_git_failures_total',
  help: 'Git processes that failed or were stopped, by the code of the error.',
  labelNames: ['code'],
  registers: [processMetrics],
});

/** Labels are bounded: kinds of lib/git/providers and classes of HTTP status; `none` is no answer. */
const providerAnswers = new Counter<'provider' | 'status'>({
  name: 'elder_provider_requests_total',
  help: 'Requests to the APIs of Git hosts, by kind of host and status class.',
  labelNames: ['provider', 'status'],
  registers: [processMetrics],
});

const providerPaced = new Counter<'provider'>({
  name: 'elder_provider_paced_seconds_total',
  help: 'Time that requests to Git hosts waited for their turn.',
  labelNames: ['provider'],
  registers: [processMetrics],
});

const providerRemaining = new Gauge<'provider'>({
  name: 'elder_provider_budget_remaining',
  help: 'Requests that a Git host said last it would take in its period, of whichever credential asked.',
  labelNames: ['provider'],
  registers: [processMetrics],
});

new Gauge<'state'>({
  name: 'elder_disk_bytes',
  help: 'Size of the disk that holds the data directory, and what of it is free to us.',
  labelNames: ['state'],
  registers: [processMetrics],
  collect: measured(async (gauge) => {
    const { sizeBytes, freeBytes } = await readDisk();
    gauge.set({ state: 'size' }, sizeBytes);
    gauge.set({ state: 'free' }, freeBytes);
  }),
});

const REMOTE_COMMANDS = new Set(['fetch', 'ls-remote']);

gitEnds.subscribe((message) => {
  const { command, errorCode, seconds } = message as GitEnd;
  if (REMOTE_COMMANDS.has(command)) gitSeconds.observe({ command }, seconds);
  // A reader that has what it wants ends Git: that is no failure.
  if (errorCode !== null && errorCode !== 'cancelled') gitFailures.inc({ code: errorCode });
});

providerRequests.subscribe((message) => {
  const { provider, status, pacedSeconds, remaining } = message as ProviderRequestOutcome;
  providerAnswers.inc({ provider, status: status === null ? 'none' : `${Math.floor(status / 100)}xx` });
  providerPaced.inc({ provider }, pacedSeconds);
  if (remaining !== null) providerRemaining.set({ provider }, remaining);
});

/** Prometheus text of what this process counts about itself, without a query. */
export function renderProcessMetrics(): Promise<string> {
  return processMetrics.metrics();
}
