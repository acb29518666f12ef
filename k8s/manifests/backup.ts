import type { PlannedObject } from '../phase';
import { type Manifest, planned } from './manifest';
import { labelsOf, metadataOf, nameOf } from './names';
import { hasBackups } from './network-flows';
import { podSpec, resourcesOf } from './pods';
import { evidenceKey, productContainer, productVolumes } from './programs';
import type { Site } from './site';
import { claim, claimedVolume } from './storage/volumes';
import { databaseEnv, fromSecret, objectsEnv } from './stores';

const DIRECTORY = '/backups';
/** More days than BACKUP_KEEP takes. */
const MOST_DAYS = 1_000;

/** What old ones go by is only known to who has made a new one. */
const BACK_UP = 'node bin/elder.mjs backup && node bin/elder.mjs backup prune';

/** Backups of what lies in the cluster; an external database is backed up by who runs it. */
export function backups(site: Site): PlannedObject[] {
  const { configuration, hasVelero } = site;
  const own = hasBackups(site)
    ? [
        planned(claim(site, 'backup', configuration.backup.size, null), 'bound', 'volume'),
        planned(backupJob(site), 'present', 'backup'),
      ]
    : [];
  return [...own, ...(hasVelero ? [planned(veleroSchedule(site), 'present', 'backup')] : [])];
}

/** As `elder backup` makes them, by which `elder restore` brings all of it back: sealed, with keys and artifacts. */
function backupJob(site: Site): Manifest & { spec: object } {
  const { configuration } = site;
  const { keysSecret } = configuration.security;
  const { keySecret, retentionDays } = configuration.backup;
  const key = evidenceKey(site);
  const container = productContainer(site, {
    name: 'backup',
    args: ['sh', '-c', BACK_UP],
    env: [
      { name: 'NODE_ENV', value: 'production' },
      { name: 'ELDER_DATA_DIR', value: '/data' },
      { name: 'BACKUP_DIR', value: DIRECTORY },
      { name: 'BACKUP_KEEP', value: `${Math.min(retentionDays, MOST_DAYS)}d` },
      fromSecret('BACKUP_KEY', keySecret, 'BACKUP_KEY'),
      ...['AUTH_SECRET', 'ENCRYPTION_KEY'].map((name) => fromSecret(name, keysSecret, name)),
      ...key.env,
      ...databaseEnv(site, { direct: true }),
      ...objectsEnv(site),
    ],
    resources: resourcesOf('small'),
    volumeMounts: [{ name: 'backups', mountPath: DIRECTORY }, ...key.mounts],
  });
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadataOf(configuration, nameOf(configuration, 'backup'), 'backup'),
    spec: {
      schedule: configuration.backup.schedule,
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 3_600,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        metadata: { labels: labelsOf(configuration, 'backup') },
        spec: {
          backoffLimit: 2,
          activeDeadlineSeconds: 21_600,
          template: {
            metadata: { labels: labelsOf(configuration, 'backup') },
            spec: podSpec(configuration, {
              component: 'backup',
              serviceAccount: nameOf(configuration, 'job'),
              user: configuration.security.runAsUser,
              containers: [container],
              volumes: [...productVolumes(site, '1Gi'), claimedVolume(site, 'backup', 'backups'), ...key.volumes],
              graceSeconds: 30,
              isJob: true,
            }),
          },
        },
      },
    },
  };
}

function veleroSchedule({ configuration }: Site): Manifest & { spec: object } {
  const { disasterRecovery, namespace } = configuration;
  return {
    apiVersion: 'velero.io/v1',
    kind: 'Schedule',
    metadata: {
      ...metadataOf(configuration, nameOf(configuration, namespace).slice(0, 63)),
      namespace: disasterRecovery.veleroNamespace,
    },
    spec: {
      schedule: disasterRecovery.schedule,
      template: {
        includedNamespaces: [namespace],
        // Jobs that ran are of no use in another cluster, and would run there again.
        excludedNamespaceScopedResources: ['events', 'jobs.batch'],
        snapshotVolumes: true,
        ttl: `${disasterRecovery.retentionDays * 24}h0m0s`,
      },
    },
  };
}
