import type { V1EnvVar } from '@kubernetes/client-node';
import { nameOf, OBJECTS_PORT, POSTGRES_PORT, REDIS_PORT } from './names';
import type { Site } from './site';

export const DATABASE = 'elder';
export const OWNER_ROLE = 'elder_owner';
export const APPLICATION_ROLE = 'elder_app';

/** What asks for metrics sends it. */
export const METRICS_TOKEN = 'METRICS_TOKEN';

/** Secrets by what they are for; their keys are told in `needed-secrets.ts`. */
export function secretNames({ configuration }: Site) {
  return {
    databaseOwner: nameOf(configuration, 'postgres-owner'),
    database: nameOf(configuration, 'postgres-app'),
    databaseSuperuser: nameOf(configuration, 'postgres-superuser'),
    redis: nameOf(configuration, 'redis-login'),
    objects: nameOf(configuration, 'objects-login'),
  };
}

export function fromSecret(name: string, secret: string, key: string): V1EnvVar {
  return { name, valueFrom: { secretKeyRef: { name: secret, key } } };
}

/** The service of the database in the cluster; `direct` goes past a pooler, which migrations do. */
export function databaseHost({ configuration, postgres }: Site, direct: boolean): string {
  if (postgres.kind !== 'cloudnativepg') return nameOf(configuration, 'postgres');
  return nameOf(configuration, postgres.pooler && !direct ? 'postgres-pooler' : 'postgres-rw');
}

/** The database as the role that owns nothing. */
export function databaseEnv(site: Site, { direct = false } = {}): V1EnvVar[] {
  const { postgres } = site;
  if (postgres.kind === 'external') return [fromSecret('DATABASE_URL', postgres.secret, 'DATABASE_URL')];
  return loginEnv(
    'DATABASE_URL',
    'DATABASE_PASSWORD',
    APPLICATION_ROLE,
    secretNames(site).database,
    databaseHost(site, direct),
  );
}

/** The database as its owner: for the migration alone. */
export function databaseOwnerEnv(site: Site): V1EnvVar[] {
  const { postgres } = site;
  if (postgres.kind === 'external')
    return [fromSecret('DATABASE_OWNER_URL', postgres.ownerSecret, 'DATABASE_OWNER_URL')];
  const { databaseOwner } = secretNames(site);
  return loginEnv('DATABASE_OWNER_URL', 'DATABASE_OWNER_PASSWORD', OWNER_ROLE, databaseOwner, databaseHost(site, true));
}

/** Kubernetes puts the password in: the names it expands must come before. Passwords made by `elder` need no escapes. */
function loginEnv(url: string, password: string, role: string, secret: string, host: string): V1EnvVar[] {
  return [
    fromSecret(password, secret, 'password'),
    { name: url, value: `postgres://${role}:$(${password})@${host}:${POSTGRES_PORT}/${DATABASE}` },
  ];
}

export function redisEnv(site: Site): V1EnvVar[] {
  const { redis, configuration } = site;
  if (redis.kind === 'none') return [];
  if (redis.kind === 'external') return [fromSecret('REDIS_URL', redis.secret, 'REDIS_URL')];
  const host = nameOf(configuration, redis.kind === 'operator' ? 'redis-master' : 'redis');
  return [
    fromSecret('REDIS_PASSWORD', secretNames(site).redis, 'password'),
    { name: 'REDIS_URL', value: `redis://:$(REDIS_PASSWORD)@${host}:${REDIS_PORT}` },
  ];
}

export function objectsEnv(site: Site): V1EnvVar[] {
  const { objects, configuration } = site;
  if (objects.kind === 'volume') return [];
  const isOutside = objects.kind === 'external';
  const secret = isOutside ? objects.secret : secretNames(site).objects;
  const endpoint = isOutside ? objects.endpoint : `http://${nameOf(configuration, 'objects')}:${OBJECTS_PORT}`;
  return [
    ...(endpoint === null ? [] : [{ name: 'S3_ENDPOINT', value: endpoint }]),
    { name: 'S3_BUCKET', value: objects.bucket },
    { name: 'S3_REGION', value: isOutside ? objects.region : 'us-east-1' },
    ...(endpoint === null ? [] : [{ name: 'S3_FORCE_PATH_STYLE', value: 'true' }]),
    ...['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'].map((key) => fromSecret(key, secret, key)),
  ];
}
