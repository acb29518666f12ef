import { Gauge } from 'prom-client';
import { query } from '@/lib/db/client';
import { WORKER_KINDS } from '@/lib/env';
import { backupAgeSeconds, backupOverdueSeconds } from './backups';
import { instanceMetrics, measured } from './metric-registries';
import { loadQueueDepths } from './queue-depths';
import { checkReadiness } from './readiness';
import { countRechecks } from './recheck-report';
import { countTeams } from './team-counts';
import { WORKER_SILENCE_SECONDS } from './worker-processes';

const AUDIT_STATUSES = ['queued', 'running', 'completed', 'partial', 'failed', 'cancelled'] as const;
const ENDED = ['completed', 'partial', 'failed', 'cancelled'] as const;
const RECENT_MINUTES = 10;
const registers = [instanceMetrics];

new Gauge({
  name: 'elder_ready',
  help: '1 when requests can be served, as /api/v1/health/ready says; else 0.',
  registers,
  async collect() {
    const checks = await checkReadiness();
    this.set(Object.values(checks).every((check) => check === 'ok') ? 1 : 0);
  },
});

new Gauge<'status'>({
  name: 'elder_audits',
  help: 'Audits by status.',
  labelNames: ['status'],
  registers,
  collect: measured(async (gauge) => {
    const rows = await query<{ status: string; count: number }>`
      select status::text, count(*)::int as count from audits group by status`;
    for (const status of AUDIT_STATUSES) gauge.set({ status }, rows.find((row) => row.status === status)?.count ?? 0);
  }),
});

new Gauge<'status'>({
  name: 'elder_audits_ended_recently',
  help: `Audits that ended within the last ${RECENT_MINUTES} minutes, by status.`,
  labelNames: ['status'],
  registers,
  collect: measured(async (gauge) => {
    const rows = await query<{ status: string; count: number }>`
      select status::text, count(*)::int as count from audits
      where ended_at > now() - ${RECENT_MINUTES} * interval '1 minute' group by status`;
    for (const status of ENDED) gauge.set({ status }, rows.find((row) => row.status === status)?.count ?? 0);
  }),
});

/** Teams, so that one that fails again and again, or a thousand times, is one. */
new Gauge<'state'>({
  name: 'elder_teams',
  help: `Teams: all; audited and failed within ${RECENT_MINUTES} minutes, set_aside by causes of this installation; connected, and refused by a host.`,
  labelNames: ['state'],
  registers,
  collect: measured(async (gauge) => {
    for (const [state, count] of Object.entries(await countTeams(RECENT_MINUTES))) gauge.set({ state }, count);
  }),
});

new Gauge<'quantile'>({
  name: 'elder_audit_recent_seconds',
  help: `Time from request to end of the audits judged within the last ${RECENT_MINUTES} minutes; absent when there was none.`,
  labelNames: ['quantile'],
  registers,
  collect: measured(async (gauge) => {
    const [row] = await query<{ half: number | null; most: number | null }>`
      select percentile_cont(0.5) within group (order by extract(epoch from ended_at - created_at)) as half,
        percentile_cont(0.95) within group (order by extract(epoch from ended_at - created_at)) as most
      from audits
      where ended_at > now() - ${RECENT_MINUTES} * interval '1 minute' and status in ('completed', 'partial')`;
    if (row?.half != null) gauge.set({ quantile: '0.5' }, row.half);
    if (row?.most != null) gauge.set({ quantile: '0.95' }, row.most);
  }),
});

new Gauge<'stage' | 'status'>({
  name: 'elder_jobs',
  help: 'Jobs of running audits by stage and status.',
  labelNames: ['stage', 'status'],
  registers,
  collect: measured(async (gauge) => {
    const rows = await query<{ kind: string; status: string; count: number }>`
      select kind, status::text, count(*)::int as count from audit_jobs
      where status in ('waiting', 'running') group by kind, status`;
    for (const { kind, status, count } of rows) gauge.set({ stage: kind, status }, count);
  }),
});

new Gauge<'kind' | 'state'>({
  name: 'elder_queue_jobs',
  help: 'Jobs that the queue of a kind of worker holds, by state; absent when no worker looked within a minute.',
  labelNames: ['kind', 'state'],
  registers,
  collect: measured(async (gauge) => {
    for (const depth of await loadQueueDepths()) {
      if (!depth.isFresh) continue;
      for (const state of ['waiting', 'delayed', 'running'] as const)
        gauge.set({ kind: depth.kind, state }, depth[state]);
    }
  }),
});

new Gauge<'kind'>({
  name: 'elder_queue_oldest_wait_seconds',
  help: 'How long the job waits that waits longest in the queue of a kind of worker; 0 when none waits.',
  labelNames: ['kind'],
  registers,
  collect: measured(async (gauge) => {
    for (const { kind, isFresh, oldestSeconds } of await loadQueueDepths()) {
      if (isFresh) gauge.set({ kind }, oldestSeconds ?? 0);
    }
  }),
});

new Gauge({
  name: 'elder_jobs_set_aside',
  help: 'Jobs given up for a cause of this installation, that nobody ran again.',
  registers,
  collect: measured(async (gauge) => {
    const [row] = await query<{ count: number }>`
      select count(*)::int as count from failed_jobs where retried_at is null`;
    gauge.set(row?.count ?? 0);
  }),
});

new Gauge<'result'>({
  name: 'elder_audits_rechecked',
  help: 'Audits drawn and judged a second time within the last day: same, different, or skipped.',
  labelNames: ['result'],
  registers,
  collect: measured(async (gauge) => {
    const { day } = await countRechecks();
    for (const [result, count] of Object.entries(day)) gauge.set({ result }, count);
  }),
});

new Gauge<'kind'>({
  name: 'elder_workers',
  help: `Worker processes that reported within ${WORKER_SILENCE_SECONDS} seconds, by a kind of job that they take.`,
  labelNames: ['kind'],
  registers,
  collect: measured(async (gauge) => {
    const rows = await query<{ kind: string; count: number }>`
      select kind, count(*)::int as count from worker_processes, unnest(kinds) as kind
      where last_seen_at > now() - ${WORKER_SILENCE_SECONDS} * interval '1 second' group by kind`;
    for (const kind of WORKER_KINDS) gauge.set({ kind }, rows.find((row) => row.kind === kind)?.count ?? 0);
  }),
});

new Gauge<'status'>({
  name: 'elder_connections',
  help: 'Connections to Git hosts by whether their access works.',
  labelNames: ['status'],
  registers,
  collect: measured(async (gauge) => {
    const rows = await query<{ status: string; count: number }>`
      select status, count(*)::int as count from connections group by status`;
    for (const status of ['connected', 'reconnect', 'suspended']) {
      gauge.set({ status }, rows.find((row) => row.status === status)?.count ?? 0);
    }
  }),
});

new Gauge({
  name: 'elder_database_bytes',
  help: 'Size of the database.',
  registers,
  collect: measured(async (gauge) => {
    const [row] = await query<{ bytes: string }>`select pg_database_size(current_database()) as bytes`;
    gauge.set(Number(row?.bytes ?? Number.NaN));
  }),
});

new Gauge({
  name: 'elder_backup_age_seconds',
  help: 'Age of the newest backup; +Inf when backups are asked for and there is none.',
  registers,
  collect: measured(async (gauge) => {
    const age = await backupAgeSeconds();
    if (age === null) gauge.remove({});
    else gauge.set(age);
  }),
});

new Gauge({
  name: 'elder_backup_overdue_seconds',
  help: 'For how long a backup has been due by its schedule; 0 when none is.',
  registers,
  collect: measured(async (gauge) => {
    const overdue = await backupOverdueSeconds();
    if (overdue === null) gauge.remove({});
    else gauge.set(overdue);
  }),
});
