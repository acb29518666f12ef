import type { PlannedObject } from '../../phase';
import { type Manifest, planned } from '../manifest';
import { metadataOf, nameOf, REDIS_PORT } from '../names';
import { resourcesOf, scratch } from '../pods';
import type { Site } from '../site';
import { fromSecret, secretNames } from '../stores';
import { storeSet } from './store-set';
import { claim, claimedVolume } from './volumes';

/** Of the user `valkey` in the image. */
const VALKEY_USER = 999;
/** Of the user `redis` in the operator's image. */
const REDIS_USER = 1000;

/** A Redis that evicts keys loses jobs without a word; one that writes nothing down loses them when it starts again. */
const SETTINGS = ['maxmemory-policy noeviction', 'appendonly yes', 'appendfsync everysec'];

/** The password comes by standard input: arguments of a process are read by whoever sees it. */
const START = `printf 'requirepass %s\\n' "$REDIS_PASSWORD" | exec valkey-server /etc/valkey/valkey.conf -`;
const PING = `REDISCLI_AUTH="$REDIS_PASSWORD" valkey-cli -h 127.0.0.1 ping | grep -q PONG`;

export function valkeySet(site: Site, redis: Extract<Site['redis'], { kind: 'statefulset' }>): PlannedObject[] {
  const settings = settingsMap(site, 'valkey.conf', [...SETTINGS, 'dir /data', 'protected-mode yes', 'bind * -::*']);
  const ping = { exec: { command: ['sh', '-c', PING] }, timeoutSeconds: 3 };
  const [service, set] = storeSet(site, {
    component: 'redis',
    port: REDIS_PORT,
    portName: 'redis',
    user: VALKEY_USER,
    graceSeconds: 60,
    container: {
      name: 'valkey',
      image: redis.image,
      command: ['sh', '-c', START],
      ports: [{ name: 'redis', containerPort: REDIS_PORT, protocol: 'TCP' }],
      env: [fromSecret('REDIS_PASSWORD', secretNames(site).redis, 'password')],
      resources: resourcesOf(redis.tier),
      startupProbe: { ...ping, periodSeconds: 5, failureThreshold: 60 },
      readinessProbe: { ...ping, periodSeconds: 10, failureThreshold: 3 },
      livenessProbe: { ...ping, periodSeconds: 20, failureThreshold: 6 },
      volumeMounts: [
        { name: 'data', mountPath: '/data' },
        { name: 'tmp', mountPath: '/tmp' },
        { name: 'settings', mountPath: '/etc/valkey', readOnly: true },
      ],
    },
    volumes: [
      claimedVolume(site, 'redis'),
      scratch('tmp', '64Mi'),
      { name: 'settings', configMap: { name: settings.metadata.name, defaultMode: 0o444 } },
    ],
  });
  return [
    planned(claim(site, 'redis', redis.size, redis.storageClass), 'bound', 'volume'),
    planned(settings, 'present', 'redis'),
    planned(service, 'present', 'redis'),
    planned(set, 'rolled-out', 'redis'),
  ];
}

/** One that writes, others that follow, and sentinels that choose anew; the operator keeps the service of the first. */
export function redisOfOperator(site: Site, redis: Extract<Site['redis'], { kind: 'operator' }>): PlannedObject[] {
  const { configuration } = site;
  const secret = { name: secretNames(site).redis, key: 'password' };
  const settings = settingsMap(site, 'redis-additional.conf', SETTINGS);
  const shared = {
    clusterSize: redis.instances,
    podSecurityContext: {
      runAsNonRoot: true,
      runAsUser: REDIS_USER,
      fsGroup: REDIS_USER,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      privileged: false,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    },
    pdb: { enabled: true, maxUnavailable: 1 },
  };
  const replication = {
    apiVersion: 'redis.redis.opstreelabs.in/v1beta2',
    kind: 'RedisReplication',
    metadata: metadataOf(configuration, nameOf(configuration, 'redis'), 'redis'),
    spec: {
      ...shared,
      kubernetesConfig: {
        image: redis.image,
        imagePullPolicy: 'IfNotPresent',
        redisSecret: secret,
        resources: resourcesOf(redis.tier),
      },
      redisConfig: { additionalRedisConfig: settings.metadata.name },
      storage: {
        keepAfterDelete: true,
        volumeClaimTemplate: {
          spec: {
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: redis.size } },
            ...(redis.storageClass !== null && { storageClassName: redis.storageClass }),
          },
        },
      },
    },
  };
  const sentinel = {
    apiVersion: 'redis.redis.opstreelabs.in/v1beta2',
    kind: 'RedisSentinel',
    metadata: metadataOf(configuration, nameOf(configuration, 'sentinel'), 'sentinel'),
    spec: {
      ...shared,
      kubernetesConfig: {
        image: redis.image.replace('/redis:', '/redis-sentinel:'),
        imagePullPolicy: 'IfNotPresent',
        resources: resourcesOf('micro'),
      },
      redisSentinelConfig: {
        redisReplicationName: replication.metadata.name,
        redisReplicationPassword: { secretKeyRef: secret },
        quorum: String(Math.floor(redis.instances / 2) + 1),
      },
    },
  };
  return [
    planned(settings, 'present', 'redis'),
    planned(replication, 'present', 'redis'),
    ...(redis.instances > 1 ? [planned(sentinel, 'present', 'redis')] : []),
  ];
}

function settingsMap(
  { configuration }: Site,
  file: string,
  lines: readonly string[],
): Manifest & { data: Record<string, string> } {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadataOf(configuration, nameOf(configuration, 'redis-settings'), 'redis'),
    data: { [file]: `${lines.join('\n')}\n` },
  };
}
