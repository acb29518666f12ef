import { z } from 'zod';
import { type ClusterConfiguration, readClusterConfiguration } from '@/lib/schemas/cluster-configuration';

const ObjectName = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);
const Size = z.string().regex(/^[1-9][0-9]{0,6}[MGT]i$/);
const Replicas = z.strictObject({ minReplicas: z.int().min(1).max(1000), maxReplicas: z.int().min(1).max(1000) });
const Fixed = z.strictObject({ replicas: z.int().min(1).max(1000) });

/** What a chart can be told; all else is as `deploymentMode: kubernetes` has it. */
export const ChartValues = z.strictObject({
  image: z.strictObject({
    repository: z.string().regex(/^[a-z0-9][a-z0-9._:/-]{0,199}$/),
    tag: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/),
    digest: z
      .string()
      .regex(/^(sha256:[0-9a-f]{64})?$/)
      .describe('Wins over the tag'),
  }),
  network: z.strictObject({
    host: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,251}[a-z0-9]$/),
    expose: z.enum(['ingress', 'gateway', 'none']),
    tlsSecret: z
      .string()
      .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)?$/)
      .describe('Of the Ingress; empty: its own certificate'),
  }),
  stores: z.enum(['internal', 'external']).describe('PostgreSQL, Valkey and SeaweedFS of the chart, or your own'),
  external: z.strictObject({
    databaseSecret: ObjectName.describe('With DATABASE_URL'),
    databaseOwnerSecret: ObjectName.describe('With DATABASE_OWNER_URL'),
    redisSecret: ObjectName.describe('With REDIS_URL'),
    objectsSecret: ObjectName.describe('With S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY'),
  }),
  keysSecret: ObjectName.describe('With AUTH_SECRET, ENCRYPTION_KEY and evidence-key.pem'),
  settingsSecret: ObjectName.describe('Further settings of web and workers; may be missing'),
  sizes: z.strictObject({ postgres: Size, redis: Size, objects: Size, backup: Size }),
  web: Replicas,
  workers: z.strictObject({ git: Replicas, collect: Replicas, judge: Replicas, deliver: Fixed, maintain: Fixed }),
  monitoring: z.strictObject({ operator: z.boolean().describe('Whether the Prometheus operator is there') }),
});
export type ChartValues = z.infer<typeof ChartValues>;

export const DEFAULT_VALUES: ChartValues = {
  image: { repository: 'ancient-elder', tag: '0.1.0', digest: '' },
  network: { host: 'elder.example.com', expose: 'ingress', tlsSecret: '' },
  stores: 'internal',
  external: {
    databaseSecret: 'elder-database',
    databaseOwnerSecret: 'elder-database-owner',
    redisSecret: 'elder-redis',
    objectsSecret: 'elder-objects',
  },
  keysSecret: 'elder-keys',
  settingsSecret: 'elder-settings',
  sizes: { postgres: '20Gi', redis: '5Gi', objects: '20Gi', backup: '50Gi' },
  web: { minReplicas: 2, maxReplicas: 4 },
  workers: {
    git: { minReplicas: 2, maxReplicas: 8 },
    collect: { minReplicas: 2, maxReplicas: 8 },
    judge: { minReplicas: 2, maxReplicas: 8 },
    deliver: { replicas: 2 },
    maintain: { replicas: 2 },
  },
  monitoring: { operator: false },
};

/** The configuration that a chart with these values stands for. */
export function configurationOf(
  values: ChartValues,
  release: { name: string; namespace: string },
): ClusterConfiguration {
  const { image, network, stores, external, sizes, web, workers } = values;
  const isOutside = stores === 'external';
  const fixed = ({ replicas }: z.infer<typeof Fixed>) => ({ minReplicas: replicas, maxReplicas: replicas });
  return readClusterConfiguration({
    deploymentMode: 'kubernetes',
    name: release.name,
    namespace: release.namespace,
    image: { repository: image.repository, tag: image.tag, digest: image.digest || null },
    network: {
      host: network.host,
      expose: network.expose,
      tlsSecret: (network.expose === 'ingress' && network.tlsSecret) || null,
    },
    security: { keysSecret: values.keysSecret, settingsSecret: values.settingsSecret },
    storage: {
      postgres: isOutside
        ? { kind: 'external', secret: external.databaseSecret, ownerSecret: external.databaseOwnerSecret }
        : { kind: 'statefulset', size: sizes.postgres },
      redis: isOutside
        ? { kind: 'external', secret: external.redisSecret }
        : { kind: 'statefulset', size: sizes.redis },
      objects: isOutside
        ? { kind: 'external', secret: external.objectsSecret }
        : { kind: 'seaweedfs', size: sizes.objects },
    },
    backup: { size: sizes.backup },
    web,
    workers: {
      git: workers.git,
      collect: workers.collect,
      judge: workers.judge,
      deliver: fixed(workers.deliver),
      maintain: fixed(workers.maintain),
    },
  });
}
