import type { V1Container, V1EnvVar, V1PodSpec } from '@kubernetes/client-node';
import { webOptions, workerOptions } from '@/lib/node-options';
import { RESOURCE_TIERS, type ResourceTier } from '@/lib/schemas/resource-tiers';
import type { WorkerKind } from '@/lib/schemas/worker-kinds';
import { HEALTH_PORT, METRICS_PORT, WEB_PORT } from './names';
import { imageOf, scratch } from './pods';
import { OUTWARD_WORKERS, type Site } from './site';
import { databaseEnv, fromSecret, METRICS_TOKEN, objectsEnv, redisEnv } from './stores';

const DATA_DIRECTORY = '/data';
const KEYS_DIRECTORY = '/etc/elder/keys';
const KEY_FILE = 'evidence-key.pem';
const CONFIGURATION_DIRECTORY = '/etc/elder/cluster';
export const FIRST_OWNER_KEYS = ['ELDER_INIT_EMAIL', 'ELDER_INIT_PASSWORD'];
/** Share of a pod's memory for JavaScript objects; the rest is for parsers, Git and buffers outside of it. */
const WORKER_HEAP_SHARE = 0.6;
/** Its thread for heavy work has a heap of its own. */
const WEB_HEAP_SHARE = 0.5;

/** What all processes of the product are told: names of `lib/env.ts`. */
function commonEnv(site: Site): V1EnvVar[] {
  return [
    { name: 'NODE_ENV', value: 'production' },
    { name: 'LOG_FORMAT', value: 'json' },
    // All of the pod: probes, scrapers and proxies come from outside of it.
    { name: 'HOST', value: '0.0.0.0' },
    { name: 'PUBLIC_URL', value: publicUrl(site) },
    { name: 'ELDER_DATA_DIR', value: DATA_DIRECTORY },
    ...databaseEnv(site),
    ...redisEnv(site),
    ...objectsEnv(site),
  ];
}

/** Opens what teams gave the instance: tokens of Git hosts, keys, addresses of channels. */
function encryptionKey({ configuration }: Site): V1EnvVar {
  return fromSecret('ENCRYPTION_KEY', configuration.security.keysSecret, 'ENCRYPTION_KEY');
}

/** An instance that nothing exposes is reached through a tunnel to this machine. */
export function publicUrl({ configuration, expose }: Site): string {
  if (expose === 'none') return `http://localhost:${WEB_PORT}`;
  const { host, isHttps } = configuration.network;
  return `${isHttps ? 'https' : 'http'}://${host}`;
}

/** What sets up the first account is told; nothing where people sign up by a link. */
export function firstOwnerEnv({ configuration }: Site): V1EnvVar[] {
  const { firstOwnerSecret: secret } = configuration.security;
  return secret === null ? [] : FIRST_OWNER_KEYS.map((key) => fromSecret(key, secret, key));
}

/** What web and embedded pod are told alone: who stands before them, and who may ask for metrics. */
export function frontEnv({ configuration }: Site): V1EnvVar[] {
  const { security, network } = configuration;
  return [
    ...(network.trustedProxies.length > 0
      ? [{ name: 'TRUSTED_PROXIES', value: network.trustedProxies.join(',') }]
      : []),
    ...(security.metricsTokenSecret === null
      ? []
      : [fromSecret(METRICS_TOKEN, security.metricsTokenSecret, METRICS_TOKEN)]),
  ];
}

export function webEnv(site: Site): V1EnvVar[] {
  const { security } = site.configuration;
  return [
    ...commonEnv(site),
    encryptionKey(site),
    { name: 'PORT', value: String(WEB_PORT) },
    { name: 'NEXTAUTH_URL', value: publicUrl(site) },
    ...['AUTH_SECRET', 'NEXTAUTH_SECRET'].map((name) => fromSecret(name, security.keysSecret, 'AUTH_SECRET')),
    { name: 'NEXT_TELEMETRY_DISABLED', value: '1' },
    ...frontEnv(site),
  ];
}

export function workerEnv(site: Site, kind: WorkerKind): V1EnvVar[] {
  return [
    ...commonEnv(site),
    ...(OUTWARD_WORKERS.includes(kind) ? [encryptionKey(site)] : []),
    { name: 'WORKER_KINDS', value: kind },
    { name: 'WORKER_CONCURRENCY', value: String(site.configuration.workers[kind].concurrency) },
    { name: 'WORKER_HEALTH_PORT', value: String(HEALTH_PORT) },
    { name: 'WORKER_METRICS_PORT', value: String(METRICS_PORT) },
    ...signingKey(site, kind).env,
    // glibc gives each thread a heap of its own, which keeps what a parse once needed.
    { name: 'MALLOC_ARENA_MAX', value: '2' },
  ];
}

/** As `npm start` runs the web, with a heap that fits the pod. Programs are arguments: the image's own entry point stays. */
export function webCommand(tier: ResourceTier): string[] {
  return ['node', ...webOptions(heapMiB(tier, WEB_HEAP_SHARE)), 'dist/server.js'];
}

export function workerCommand(tier: ResourceTier): string[] {
  return ['node', ...workerOptions(heapMiB(tier, WORKER_HEAP_SHARE)), 'dist/worker.js'];
}

function heapMiB(tier: ResourceTier, share: number): number {
  return Math.floor(RESOURCE_TIERS[tier].memoryMiB * share);
}

/** Workers that sign: audits when they settle, and the heads of the audit log. */
function signs(kind: WorkerKind): boolean {
  return kind === 'judge' || kind === 'maintain';
}

/** What every container of ours has: image, settings of the owner of the instance, and what is mounted. */
export function productContainer(site: Site, container: Omit<V1Container, 'image' | 'imagePullPolicy'>): V1Container {
  const { image, security } = site.configuration;
  return {
    image: imageOf(site.configuration),
    imagePullPolicy: image.pullPolicy,
    ...container,
    ...(security.settingsSecret !== null && {
      envFrom: [{ secretRef: { name: security.settingsSecret, optional: true } }],
    }),
    volumeMounts: [
      { name: 'data', mountPath: DATA_DIRECTORY },
      { name: 'tmp', mountPath: '/tmp' },
      { name: 'cluster', mountPath: CONFIGURATION_DIRECTORY, readOnly: true },
      ...(container.volumeMounts ?? []),
    ],
  };
}

/** Volumes of `productContainer`. */
export function productVolumes(site: Site, dataSize: string) {
  return [scratch('data', dataSize), scratch('tmp', '1Gi'), configurationVolume(site)];
}

export function configurationVolume({ configuration }: Site) {
  return { name: 'cluster', configMap: { name: `${configuration.name}-cluster`, defaultMode: 0o444 } };
}

/** The key that signs evidence, where it is used. */
export function signingKey(site: Site, kind: WorkerKind): EvidenceKey {
  return signs(kind) ? evidenceKey(site) : { env: [], mounts: [], volumes: [] };
}

interface EvidenceKey {
  env: V1EnvVar[];
  mounts: NonNullable<V1Container['volumeMounts']>;
  volumes: NonNullable<V1PodSpec['volumes']>;
}

/** As a file that the group owning the volume can read. */
export function evidenceKey({ configuration }: Site): EvidenceKey {
  const items = [{ key: KEY_FILE, path: KEY_FILE }];
  const secret = { secretName: configuration.security.keysSecret, defaultMode: 0o440, items };
  return {
    env: [{ name: 'EVIDENCE_KEY_FILE', value: `${KEYS_DIRECTORY}/${KEY_FILE}` }],
    mounts: [{ name: 'signing-key', mountPath: KEYS_DIRECTORY, readOnly: true }],
    volumes: [{ name: 'signing-key', secret }],
  };
}
