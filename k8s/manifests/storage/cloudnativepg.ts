import type { PlannedObject } from '../../phase';
import { type Manifest, planned } from '../manifest';
import { labelsOf, metadataOf, nameOf } from '../names';
import { lostNodeTolerations, resourcesOf } from '../pods';
import type { Site } from '../site';
import { APPLICATION_ROLE, DATABASE, OWNER_ROLE, secretNames } from '../stores';

type Postgres = Extract<Site['postgres'], { kind: 'cloudnativepg' }>;
interface Custom extends Manifest {
  spec: object;
}

export function cloudNativePg(site: Site, postgres: Postgres): PlannedObject[] {
  const { configuration } = site;
  const { backup } = configuration;
  return [
    planned(cluster(site, postgres), { condition: 'Ready' }, 'database'),
    ...(postgres.pooler ? [planned(pooler(site), 'present', 'database')] : []),
    ...(backup.isEnabled && backup.objectStore ? [planned(scheduledBackup(site), 'present', 'backup')] : []),
  ];
}

function cluster(site: Site, postgres: Postgres): Custom {
  const { configuration } = site;
  const names = secretNames(site);
  const { instances } = postgres;
  return {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata: metadataOf(configuration, nameOf(configuration, 'postgres'), 'postgres'),
    spec: {
      instances,
      ...(postgres.image !== null && { imageName: postgres.image }),
      inheritedMetadata: { labels: labelsOf(configuration, 'postgres') },
      primaryUpdateStrategy: 'unsupervised',
      enablePDB: true,
      storage: { size: postgres.size, ...(postgres.storageClass !== null && { storageClass: postgres.storageClass }) },
      resources: resourcesOf(postgres.tier),
      affinity: {
        enablePodAntiAffinity: true,
        topologyKey: 'kubernetes.io/hostname',
        podAntiAffinityType: 'preferred',
        ...(Object.keys(configuration.nodes.selector).length > 0 && { nodeSelector: configuration.nodes.selector }),
        tolerations: lostNodeTolerations(configuration),
      },
      postgresql: {
        parameters: { max_connections: '300' },
        ...(postgres.timescaledb && { shared_preload_libraries: ['timescaledb'] }),
        // One standby confirms each commit, so that a fail-over loses none; without a standby writing goes on.
        ...(instances > 1 && { synchronous: { method: 'any', number: 1, dataDurability: 'preferred' } }),
      },
      bootstrap: {
        initdb: {
          database: DATABASE,
          owner: OWNER_ROLE,
          secret: { name: names.databaseOwner },
          ...(postgres.timescaledb && { postInitApplicationSQL: ['CREATE EXTENSION IF NOT EXISTS timescaledb'] }),
        },
      },
      managed: {
        roles: [
          {
            name: APPLICATION_ROLE,
            ensure: 'present',
            login: true,
            superuser: false,
            createdb: false,
            createrole: false,
            bypassrls: false,
            inherit: true,
            passwordSecret: { name: names.database },
          },
        ],
      },
      ...backupSpec(site),
    },
  };
}

function backupSpec({ configuration }: Site): object {
  const { isEnabled, objectStore, retentionDays } = configuration.backup;
  if (!isEnabled || objectStore === null) return {};
  const key = (name: string) => ({ name: objectStore.secret, key: name });
  return {
    backup: {
      retentionPolicy: `${retentionDays}d`,
      target: 'prefer-standby',
      barmanObjectStore: {
        destinationPath: objectStore.destination,
        ...(objectStore.endpoint !== null && { endpointURL: objectStore.endpoint }),
        s3Credentials: { accessKeyId: key('S3_ACCESS_KEY_ID'), secretAccessKey: key('S3_SECRET_ACCESS_KEY') },
        wal: { compression: 'gzip' },
        data: { compression: 'gzip' },
      },
    },
  };
}

/** Sessions are kept whole, as LISTEN and advisory locks need. What connections say at their start is passed on. */
function pooler({ configuration }: Site): Custom {
  return {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Pooler',
    metadata: metadataOf(configuration, nameOf(configuration, 'postgres-pooler'), 'postgres'),
    spec: {
      cluster: { name: nameOf(configuration, 'postgres') },
      instances: 2,
      type: 'rw',
      pgbouncer: {
        poolMode: 'session',
        parameters: {
          max_client_conn: '2000',
          default_pool_size: '200',
          track_extra_parameters: 'IntervalStyle,search_path',
        },
      },
      template: {
        metadata: {
          labels: { ...labelsOf(configuration, 'postgres'), 'cnpg.io/cluster': nameOf(configuration, 'postgres') },
        },
        spec: { containers: [] },
      },
    },
  };
}

function scheduledBackup({ configuration }: Site): Custom {
  return {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'ScheduledBackup',
    metadata: metadataOf(configuration, nameOf(configuration, 'postgres'), 'postgres'),
    spec: {
      // Six fields there: seconds come first.
      schedule: `0 ${configuration.backup.schedule}`,
      backupOwnerReference: 'self',
      cluster: { name: nameOf(configuration, 'postgres') },
      method: 'barmanObjectStore',
      immediate: true,
    },
  };
}
