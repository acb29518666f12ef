/** A group of a PrometheusRule, which is also one of a Prometheus rule file. */
export interface AlertGroup {
  name: string;
  rules: AlertRule[];
}

export interface AlertRule {
  alert: string;
  /** PromQL */
  expr: string;
  /** How long it must hold. */
  for: string;
  labels: { severity: 'critical' | 'warning' };
  annotations: { summary: string; description: string };
}

/** Teams that something concerns; see lib/services/team-counts.ts. */
const teams = (state: string): string => `max(elder_teams{state="${state}"})`;

/** One team alone may bring it about itself, unless there is no other. */
const concernsInstallation = (state: string): string =>
  `(${teams(state)} >= 2 or ${teams(state)} > 0 and ${teams('all')} == 1)`;

/** Audits that must have ended before a share says something. */
const ENOUGH_AUDITS = 5;

/**
 * What somebody must be told. Each web process tells the same of the whole installation, hence the maximum; the name of a job of the
 * scrape configuration that reads workers holds `worker`.
 */
export const ALERT_GROUPS: readonly AlertGroup[] = [
  {
    name: 'elder-audits',
    rules: [
      {
        alert: 'ElderAuditsFail',
        expr: [
          `${teams('failed')} / ${teams('audited')} > 0.1`,
          `and ${concernsInstallation('failed')}`,
          `and sum(max by (status) (elder_audits_ended_recently{status=~"completed|partial|failed"})) >= ${ENOUGH_AUDITS}`,
        ].join('\n'),
        for: '2m',
        labels: { severity: 'critical' },
        annotations: {
          summary: 'Audits fail by a cause of this installation',
          description:
            'So do those of {{ $value | humanizePercentage }} of the teams audited in the last ten minutes. The page Operations names the causes.',
        },
      },
      {
        alert: 'ElderJobsSetAside',
        expr: `max(elder_jobs_set_aside) > 0\nand ${concernsInstallation('set_aside')}`,
        for: '5m',
        labels: { severity: 'warning' },
        annotations: {
          summary: 'Jobs are set aside',
          description: '{{ $value }} jobs were given up. The page Operations names their causes and runs them again.',
        },
      },
      {
        alert: 'ElderResultsDiffer',
        expr: 'max(elder_audits_rechecked{result="different"}) > 0',
        for: '1m',
        labels: { severity: 'critical' },
        annotations: {
          summary: 'An audit judged again says something else',
          description:
            'Of the audits that were drawn and judged a second time within a day, {{ $value }} did not say the same. The page Operations names them.',
        },
      },
    ],
  },
  {
    name: 'elder-workers',
    rules: [
      {
        alert: 'ElderWorkerGone',
        expr: 'up{job=~".*worker.*"} == 0',
        for: '1m',
        labels: { severity: 'critical' },
        annotations: {
          summary: 'A worker is gone',
          description: 'The worker at {{ $labels.instance }} has not answered for a minute. Others take its jobs over.',
        },
      },
      {
        alert: 'ElderNoWorker',
        expr: 'max by (kind) (elder_workers) == 0',
        for: '1m',
        labels: { severity: 'critical' },
        annotations: {
          summary: 'A kind of job has no worker',
          description: 'No worker that takes {{ $labels.kind }} jobs has reported for a minute: they wait.',
        },
      },
      {
        alert: 'ElderQueueWaits',
        expr: 'max by (kind) (elder_queue_oldest_wait_seconds) > 600',
        for: '5m',
        labels: { severity: 'warning' },
        annotations: {
          summary: 'Jobs wait long',
          description:
            'The oldest {{ $labels.kind }} job has waited for {{ $value | humanizeDuration }}. Add workers of that kind.',
        },
      },
      {
        alert: 'ElderQueueUnknown',
        expr: 'absent(elder_queue_jobs)',
        for: '5m',
        labels: { severity: 'warning' },
        annotations: {
          summary: 'Nobody measures the queues',
          description: 'No worker of the kind maintain has measured the queues for minutes.',
        },
      },
    ],
  },
  {
    name: 'elder-web',
    rules: [
      {
        alert: 'ElderWebNotReady',
        expr: 'max(elder_ready) < 1 or absent(elder_ready)',
        for: '1m',
        labels: { severity: 'critical' },
        annotations: {
          summary: 'No web process can serve requests',
          description: 'No web process has been ready for a minute, or none answers: /api/v1/health/ready says why.',
        },
      },
      {
        alert: 'ElderProviderAccess',
        expr: `${teams('refused')} / ${teams('connected')} > 0.5\nand ${concernsInstallation('refused')}`,
        for: '10m',
        labels: { severity: 'warning' },
        annotations: {
          summary: 'Git hosts refuse us',
          description:
            'Hosts refuse connections of {{ $value | humanizePercentage }} of the teams that have any; the teams were told.',
        },
      },
    ],
  },
  {
    name: 'elder-stores',
    rules: [
      {
        alert: 'ElderDiskFull',
        expr: 'elder_disk_bytes{state="free"} / ignoring(state) elder_disk_bytes{state="size"} < 0.1',
        for: '5m',
        labels: { severity: 'critical' },
        annotations: {
          summary: 'A disk is nearly full',
          description:
            '{{ $value | humanizePercentage }} of the disk of the data directory at {{ $labels.instance }} is free.',
        },
      },
      {
        alert: 'ElderBackupOld',
        expr: 'max(elder_backup_overdue_seconds) > 7200',
        for: '10m',
        labels: { severity: 'critical' },
        annotations: {
          summary: 'A backup is overdue',
          description: 'A backup has been due for {{ $value | humanizeDuration }} by its schedule, and none was made.',
        },
      },
    ],
  },
];
