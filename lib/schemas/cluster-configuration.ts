import * as z from 'zod';
import { AppError } from '@/lib/errors';
import { STRATEGY_IDS, type StrategyId } from '@/lib/scaling/strategies/strategy';
import { DEPLOYMENT_MODES, type DeploymentMode, EMBEDDED_MODES, MODE_DEFAULTS } from './cluster-modes';
import { cronProblem } from './cron';
import { RESOURCE_TIER_IDS } from './resource-tiers';
import { WORKER_KINDS } from './worker-kinds';

/** Long enough for the names of objects that begin with it: a label has 63 characters. */
const Name = z.string().regex(/^[a-z](?:[a-z0-9-]{0,28}[a-z0-9])?$/, 'lower-case letters, digits and -, at most 30');
const ObjectName = z
  .string()
  .max(63)
  .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/, 'the name of an object: lower-case letters, digits and -');
const HostName = z
  .string()
  .max(253)
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/, 'as elder.example.com');
const LabelKey = z
  .string()
  .regex(
    /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?$/,
    'the key of a label',
  );
const LabelValue = z.string().regex(/^(?:[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?)?$/, 'the value of a label');
const Labels = z.record(LabelKey, LabelValue);
const Size = z.string().regex(/^[1-9]\d{0,6}[MGT]i$/, 'a size, as 20Gi');
const Port = z.number().int().min(1).max(65_535);
const Network = z.union([z.cidrv4(), z.cidrv6()], 'a network, as 10.0.0.0/8');
const Reference = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._:/-]{0,199}$/, 'an image without a tag, as ghcr.io/example/elder');
const Tag = z.string().regex(/^[A-Za-z0-9_][\w.-]{0,127}$/, 'the tag of an image');
const Digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'as sha256: and 64 digits');
const StoreImage = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._:/-]{0,199}:[\w.-]{1,128}(?:@sha256:[0-9a-f]{64})?$/, 'an image with a tag');
const Cron = z.string().check(({ value, issues }) => {
  const problem = cronProblem(value);
  if (problem) issues.push({ code: 'custom', input: value, message: problem });
});

/** Of stores in StatefulSets of ours. */
export const STORE_IMAGES = {
  postgres: 'docker.io/library/postgres:18',
  valkey: 'docker.io/valkey/valkey:8.1',
} as const;

const PRIVATE_NETWORKS = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'];

const Image = z.strictObject({
  repository: Reference.default('ancient-elder'),
  tag: Tag.default('0.1.0'),
  /** Wins over the tag. */
  digest: Digest.nullable().default(null),
  pullPolicy: z.enum(['IfNotPresent', 'Always', 'Never']).default('IfNotPresent'),
  pullSecrets: z.array(ObjectName).max(10).default([]),
});

const Nodes = z.strictObject({
  /** Labels of the nodes that pods may run on. */
  selector: Labels.default({}),
  /** Labels of nodes over which the replicas of one Deployment are spread evenly. */
  spreadBy: z.array(LabelKey).max(3).default(['kubernetes.io/hostname', 'topology.kubernetes.io/zone']),
  /** Seconds a pod stays on a node that is gone before another one is started; Kubernetes' own 300 is long. */
  lostAfterSeconds: z.number().int().min(5).max(300).default(20),
});

const Egress = z.strictObject({
  networks: z.array(Network).min(1).max(50),
  ports: z.array(Port).min(1).max(20).default([443]),
});

const ClusterNetwork = z.strictObject({
  host: HostName.default('elder.example.com'),
  expose: z.enum(['ingress', 'gateway', 'none']).default('ingress'),
  ingressClass: ObjectName.nullable().default(null),
  gateway: z
    .strictObject({ name: ObjectName.default('gateway'), namespace: ObjectName.default('gateway-system') })
    .prefault({}),
  /** Whether people use https, wherever it ends. */
  isHttps: z.boolean().default(true),
  /** Secret with `tls.crt` and `tls.key`; null: the certificate is that of the ingress or gateway. */
  tlsSecret: ObjectName.nullable().default(null),
  /** Namespace of what connects to the web from outside. */
  ingressNamespace: ObjectName.default('ingress-nginx'),
  /** Namespace of KEDA, which asks the web for the load of queues. */
  kedaNamespace: ObjectName.default('keda'),
  /** Addresses of reverse proxies whose X-Forwarded-For is believed. */
  trustedProxies: z.array(Network).max(20).default([]),
  /** Ports on which Git hosts, mail and hooks in the internet may be spoken to. */
  internetPorts: z.array(Port).max(20).default([443, 22, 465, 587]),
  /** Networks inside that may be spoken to as well, as that of your own Git host. */
  allowedEgress: z.array(Egress).max(50).default([]),
  apiServer: Egress.prefault({ networks: PRIVATE_NETWORKS, ports: [443, 6443] }),
});

const Security = z.strictObject({
  /** Secret with `AUTH_SECRET`, `ENCRYPTION_KEY` and `evidence-key.pem`; made by `elder` when it is not there. */
  keysSecret: ObjectName.default('elder-keys'),
  /** Secret with `ELDER_INIT_EMAIL` and `ELDER_INIT_PASSWORD`; null: the log of the set-up shows a one-time link. */
  firstOwnerSecret: ObjectName.nullable().default(null),
  /** Secret whose keys are further settings of web and workers, as SMTP_URL or OIDC_CLIENT_SECRET. */
  settingsSecret: ObjectName.nullable().default(null),
  /** Secret with `METRICS_TOKEN`, made when it is not there; null: whoever reaches the web may ask for metrics. */
  metricsTokenSecret: ObjectName.nullable().default(null),
  podSecurity: z.enum(['restricted']).default('restricted'),
  runAsUser: z.number().int().min(1_000).max(65_533).default(10_001),
});

const Outside = {
  networks: z.array(Network).min(1).max(20).default(PRIVATE_NETWORKS),
};
const Volume = {
  size: Size.default('20Gi'),
  storageClass: ObjectName.nullable().default(null),
};
const Instances = z.number().int().min(1).max(9);

const Postgres = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('embedded'), ...Volume }),
  z.strictObject({
    kind: z.literal('external'),
    /** Secrets with the key `DATABASE_URL` and `DATABASE_OWNER_URL`. */
    secret: ObjectName.default('elder-database'),
    ownerSecret: ObjectName.default('elder-database-owner'),
    port: Port.default(5432),
    ...Outside,
  }),
  z.strictObject({
    kind: z.literal('cloudnativepg'),
    instances: Instances.default(3),
    image: StoreImage.nullable().default(null),
    pooler: z.boolean().default(false),
    operatorNamespace: ObjectName.default('cnpg-system'),
    timescaledb: z.boolean().default(false),
    tier: z.enum(RESOURCE_TIER_IDS).exclude(['gpu']).default('medium'),
    ...Volume,
  }),
  z.strictObject({
    kind: z.literal('statefulset'),
    image: StoreImage.default(STORE_IMAGES.postgres),
    tier: z.enum(RESOURCE_TIER_IDS).exclude(['gpu']).default('medium'),
    ...Volume,
  }),
]);

const RedisStore = {
  tier: z.enum(RESOURCE_TIER_IDS).exclude(['gpu']).default('small'),
  size: Size.default('5Gi'),
  storageClass: Volume.storageClass,
};

const RedisOfCluster = z.discriminatedUnion('kind', [
  /** The queue is on PostgreSQL. */
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('external'),
    /** Secret with the key `REDIS_URL`. */
    secret: ObjectName.default('elder-redis'),
    port: Port.default(6379),
    ...Outside,
  }),
  z.strictObject({
    kind: z.literal('statefulset'),
    image: StoreImage.default(STORE_IMAGES.valkey),
    ...RedisStore,
  }),
  z.strictObject({
    kind: z.literal('operator'),
    instances: Instances.default(3),
    image: StoreImage.default('quay.io/opstree/redis:v7.0.15'),
    operatorNamespace: ObjectName.default('redis-operator'),
    ...RedisStore,
  }),
]);

/** The internet without what lies inside: a store inside has its own network named. */
const Internet = z.array(Network).min(1).max(20).default(['0.0.0.0/0', '::/0']);
const Bucket = z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket');

const Objects = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('volume') }),
  z.strictObject({
    kind: z.literal('external'),
    endpoint: z
      .url({ protocol: /^https?$/ })
      .nullable()
      .default(null),
    bucket: Bucket.default('ancient-elder'),
    region: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/)
      .default('us-east-1'),
    /** Secret with the keys `S3_ACCESS_KEY_ID` and `S3_SECRET_ACCESS_KEY`. */
    secret: ObjectName.default('elder-objects'),
    networks: Internet,
    port: Port.default(443),
  }),
  z.strictObject({
    kind: z.literal('seaweedfs'),
    image: StoreImage.default('docker.io/chrislusf/seaweedfs:3.97'),
    bucket: Bucket.default('ancient-elder'),
    tier: z.enum(RESOURCE_TIER_IDS).exclude(['gpu']).default('medium'),
    ...Volume,
  }),
]);

const Replicas = {
  minReplicas: z.number().int().min(1).max(1_000).default(1),
  maxReplicas: z.number().int().min(1).max(1_000).default(1),
};

const Web = z.strictObject({
  ...Replicas,
  tier: z.enum(RESOURCE_TIER_IDS).exclude(['gpu']).default('medium'),
  scaling: z.enum(['manual', 'hpa']).default('manual'),
});

const Worker = z.strictObject({
  ...Replicas,
  tier: z.enum(RESOURCE_TIER_IDS).default('medium'),
  scaling: z.enum(STRATEGY_IDS).default('manual'),
  /** Jobs one pod runs at a time. */
  concurrency: z.number().int().min(1).max(256).default(2),
  /** Size of what is written and may be lost: mirrors of repositories. */
  scratch: Size.default('10Gi'),
  /** Image of this kind alone, as one with more tools; null: that of all. */
  image: StoreImage.nullable().default(null),
});

const Monitoring = z.strictObject({
  isEnabled: z.boolean().default(true),
  /** Namespace of the Prometheus that scrapes. */
  namespace: ObjectName.default('monitoring'),
  /** Labels by which Prometheus and Grafana find what is theirs. */
  labels: Labels.default({ release: 'prometheus' }),
  intervalSeconds: z.number().int().min(5).max(300).default(30),
});

const Backup = z.strictObject({
  isEnabled: z.boolean().default(true),
  schedule: Cron.default('17 3 * * *'),
  retentionDays: z.number().int().min(1).max(3_650).default(30),
  size: Size.default('50Gi'),
  /** Secret with the `BACKUP_KEY` that backups are sealed with; made when it is not there: keep a copy elsewhere. */
  keySecret: ObjectName.default('elder-backup-key'),
  /** Where CloudNativePG puts base backups and WAL; null: only snapshots of volumes. */
  objectStore: z
    .strictObject({
      destination: z.string().regex(/^s3:\/\/[a-z0-9.-]{3,63}(?:\/[\w./-]*)?$/, 'as s3://bucket/folder'),
      endpoint: z
        .url({ protocol: /^https?$/ })
        .nullable()
        .default(null),
      /** With the same two keys. */
      secret: ObjectName.default('elder-backup'),
      networks: Internet,
    })
    .nullable()
    .default(null),
});

const DisasterRecovery = z.strictObject({
  /** A Velero Schedule of the namespace, and volumes with it. */
  isEnabled: z.boolean().default(false),
  schedule: Cron.default('37 3 * * *'),
  retentionDays: z.number().int().min(1).max(3_650).default(30),
  veleroNamespace: ObjectName.default('velero'),
});

const ClusterContext = z.strictObject({
  /** Of the kubeconfig, and of the member cluster in Karmada. */
  name: z.string().regex(/^[A-Za-z0-9][\w.@:/-]{0,252}$/, 'the name of a context'),
  /** Share of the workers, against the weights of the others. */
  weight: z.number().int().min(0).max(1_000).default(1),
});

const Shape = z
  .strictObject({
    name: Name.default('elder'),
    namespace: ObjectName.default('ancient-elder'),
    deploymentMode: z.enum(DEPLOYMENT_MODES).default('kubernetes'),
    image: Image.prefault({}),
    nodes: Nodes.prefault({}),
    network: ClusterNetwork.prefault({}),
    security: Security.prefault({}),
    storage: z.strictObject({ postgres: Postgres, redis: RedisOfCluster, objects: Objects }),
    web: Web.prefault({}),
    workers: z
      .strictObject({
        git: Worker.prefault({}),
        collect: Worker.prefault({}),
        judge: Worker.prefault({}),
        deliver: Worker.prefault({}),
        maintain: Worker.prefault({}),
      })
      .prefault({}),
    /** The one pod of single_node and edge. */
    embedded: z
      .strictObject({
        tier: z.enum(RESOURCE_TIER_IDS).exclude(['gpu', 'micro']).default('medium'),
        concurrency: z.number().int().min(1).max(256).default(2),
      })
      .prefault({}),
    monitoring: Monitoring.prefault({}),
    backup: Backup.prefault({}),
    disasterRecovery: DisasterRecovery.prefault({}),
    /** Clusters that share the workers; the first one holds web and stores. Empty: the one of the kubeconfig. */
    contexts: z.array(ClusterContext).max(20).default([]),
  })
  .check(({ value, issues }) => {
    for (const { path, message } of contradictions(value)) issues.push({ code: 'custom', input: value, path, message });
  });

/** How an instance lies on a cluster. Secrets are named in it and never held by it. */
export const ClusterConfiguration = z.preprocess(withDefaultsOfMode, Shape);
export type ClusterConfiguration = z.infer<typeof Shape>;

/** Reads what a file or a form holds. Throws `invalid_request`, which names every path that is wrong and why. */
export function readClusterConfiguration(given: unknown): ClusterConfiguration {
  const read = ClusterConfiguration.safeParse(given);
  if (read.success) return read.data;
  const problems = read.error.issues.map(({ path, message }) => ({
    field: path.join('.') || '(all of it)',
    problem: message,
  }));
  const text = problems.map(({ field, problem }) => `${field}: ${problem}`).join('; ');
  throw new AppError('invalid_request', `The configuration of the cluster is refused. ${text}`, {
    details: { problems },
  });
}

/** What was given over what its mode has. A store of another kind keeps nothing of the mode's. */
function withDefaultsOfMode(given: unknown): unknown {
  if (!isRecord(given)) return given;
  const mode = given.deploymentMode ?? 'kubernetes';
  return isMode(mode) ? merged(MODE_DEFAULTS[mode], given) : merged(MODE_DEFAULTS.kubernetes, given);
}

function merged(usual: object, given: Record<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = { ...usual };
  for (const [key, value] of Object.entries(given)) {
    const before = result[key];
    const isOther = isRecord(value) && isRecord(before) && 'kind' in value && value.kind !== before.kind;
    result[key] = isRecord(value) && isRecord(before) && !isOther ? merged(before, value) : value;
  }
  return result;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isMode(value: unknown): value is DeploymentMode {
  return DEPLOYMENT_MODES.some((mode) => mode === value);
}

interface Contradiction {
  path: string[];
  message: string;
}

type Scaled = Pick<z.infer<typeof Worker>, 'minReplicas' | 'maxReplicas' | 'scaling'>;

/** Strategies by which each cluster would bring up what all of them need together. */
const ALONE: ReadonlySet<StrategyId> = new Set(['custom', 'reactive', 'predictive']);

/** What each part allows and the whole does not. */
function contradictions(value: ClusterConfiguration): Contradiction[] {
  const { deploymentMode: mode, storage, network, contexts } = value;
  const found: Contradiction[] = [];
  const isEmbedded = EMBEDDED_MODES.includes(mode);
  const add = (path: string, message: string) => found.push({ path: path.split('.'), message });

  if (isEmbedded !== (storage.postgres.kind === 'embedded')) {
    add(
      'storage.postgres.kind',
      isEmbedded ? `${mode} keeps its database in its own pod: embedded` : `embedded is for single_node and edge`,
    );
  }
  if (isEmbedded && storage.redis.kind !== 'none')
    add('storage.redis.kind', `${mode} has its queue in PostgreSQL: none`);
  if (isEmbedded !== (storage.objects.kind === 'volume')) {
    add(
      'storage.objects.kind',
      isEmbedded
        ? `${mode} keeps objects on its volume: volume`
        : 'pods of several kinds share no volume: external or seaweedfs',
    );
  }
  if (mode === 'hybrid' && Object.values(storage).some(({ kind }) => kind !== 'external' && kind !== 'none')) {
    add('storage', 'hybrid has its stores outside the cluster: external (redis may be none)');
  }
  const parts: [string, Scaled][] = [['web', value.web]];
  for (const kind of WORKER_KINDS) parts.push([`workers.${kind}`, value.workers[kind]]);
  for (const [path, { minReplicas, maxReplicas, scaling }] of parts) {
    if (maxReplicas < minReplicas) add(`${path}.maxReplicas`, `less than minReplicas (${minReplicas})`);
    else if (maxReplicas > minReplicas && (scaling === 'manual' || scaling === 'vpa')) {
      add(`${path}.maxReplicas`, `${scaling} changes no number of replicas: the same as minReplicas (${minReplicas})`);
    }
  }
  if (network.expose !== 'ingress' && network.tlsSecret !== null) {
    add('network.tlsSecret', 'only an Ingress uses it; a gateway names its own certificate');
  }
  const { postgres } = storage;
  if (postgres.kind === 'cloudnativepg' && postgres.timescaledb && postgres.image === null) {
    add('storage.postgres.image', 'timescaledb needs an image that holds it');
  }
  if (new Set(contexts.map(({ name }) => name)).size < contexts.length) add('contexts', 'a context is named twice');
  if (contexts.length > 1 && Object.values(storage).some(({ kind }) => kind !== 'external' && kind !== 'none')) {
    add('storage', 'several clusters share stores that all of them reach: external (redis may be none)');
  }
  if (contexts.length > 1) {
    for (const kind of WORKER_KINDS) {
      const { scaling } = value.workers[kind];
      if (!ALONE.has(scaling)) continue;
      add(`workers.${kind}.scaling`, `${scaling} counts the work of all clusters for each of them: manual, hpa or vpa`);
    }
  }
  if (contexts.length > 0 && contexts.every(({ weight }) => weight === 0))
    add('contexts', 'all weights are 0: no workers anywhere');
  return found;
}
