import { replicaHourCost, TIERS } from '@/lib/scaling/tiers';

const DAY_SECONDS = 86_400;
const MONTH_HOURS = 730;
const TIER = 'medium' as const;

/** A figure the estimate rests on, and whether a bench measured it. */
export interface Constant {
  value: number;
  unit: string;
  origin: 'measured' | 'assumed';
  from: string;
}
export type Constants = Readonly<Record<string, Constant>>;

export interface Estimate {
  repositories: number;
  auditsADay: number;
  /** In the mean, and in the busiest quarter of an hour. */
  cores: number;
  peakCores: number;
  /** Workers of the tier `medium` in that quarter. */
  workers: number;
  memoryGb: number;
  databaseGb: number;
  mirrorsGb: number;
  /** A second, in that quarter. */
  jobs: number;
  queueOperations: number;
  providerCallsAnHour: number;
  /** A month: workers that follow the load, and the database's storage. */
  workersCost: number;
  storageCost: number;
}

/** What a number of repositories takes, by the constants alone. */
export function estimate(repositories: number, constants: Constants): Estimate {
  const of = readerOf(constants);
  const auditsADay = repositories * of('auditsADay');
  const cpuAnAudit = (of('coldShare') * of('cold') + (1 - of('coldShare')) * of('later')) * of('sizeRatio');
  const cores = (auditsADay * cpuAnAudit) / DAY_SECONDS;
  const peakCores = cores * of('peakFactor');
  const workers = Math.max(1, Math.ceil(peakCores / of('utilisation') / TIERS[TIER].cpu));
  const meanWorkers = Math.max(1, cores / of('utilisation') / TIERS[TIER].cpu);
  const jobs = (auditsADay * of('jobsAnAudit') * of('peakFactor')) / DAY_SECONDS;
  const databaseGb = (repositories * (of('blobFacts') + of('keptFacts') + of('keptAudits') * of('auditRows'))) / 1000;
  return {
    repositories,
    auditsADay,
    cores,
    peakCores,
    workers,
    memoryGb: (workers * of('workerMemory')) / 1000,
    databaseGb,
    mirrorsGb: (repositories * of('mirror')) / 1000,
    jobs,
    queueOperations: jobs * of('queueOperations'),
    providerCallsAnHour: (auditsADay * of('providerCalls') * of('peakFactor')) / 24,
    workersCost: meanWorkers * MONTH_HOURS * replicaHourCost(TIER),
    storageCost: databaseGb * of('storagePrice'),
  };
}

export interface Limit {
  name: string;
  /** How much of the limit is used; above 1 it is met. */
  share: number;
  lifts: string;
}

/** Limits of one PostgreSQL and one token, the nearest first, and what lifts each. */
export function limitsOf(estimated: Estimate, constants: Constants): Limit[] {
  const of = readerOf(constants);
  const limits = [
    {
      name: 'calls of one token at the Git host',
      share: estimated.providerCallsAnHour / of('providerLimit'),
      lifts: 'an app that each organisation installs: every installation has its own limit',
    },
    {
      name: 'connections to PostgreSQL',
      share: (estimated.workers * of('workerConnections')) / of('maxConnections'),
      lifts: `REDIS_URL (${of('workerConnectionsRedis')} a worker instead of ${of('workerConnections')}), then a pooler (CloudNativePG Pooler)`,
    },
    {
      name: 'jobs through a queue on PostgreSQL',
      share: estimated.jobs / of('postgresJobs'),
      lifts: 'REDIS_URL: the queue on Redis or Valkey',
    },
    {
      name: 'jobs through one Redis',
      share: estimated.jobs / of('redisJobs'),
      lifts: 'one installation for each part of the company',
    },
    {
      name: 'size of one PostgreSQL',
      share: estimated.databaseGb / of('databaseSize'),
      lifts: 'shorter retention, then base backups by volume snapshot (CloudNativePG)',
    },
  ];
  return limits.sort((a, b) => b.share - a.share);
}

function readerOf(constants: Constants): (name: string) => number {
  return (name) => {
    const constant = constants[name];
    if (!constant) throw new Error(`constants.json lacks “${name}”`);
    return constant.value;
  };
}
