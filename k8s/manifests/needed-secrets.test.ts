import { createPrivateKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { loadEnv } from '@/lib/env';
import { readClusterConfiguration } from '@/lib/schemas/cluster-configuration';
import { readKept, strictSchemas } from '@/tests/support/kubernetes-schemas/strict';
import { plannedObjects, plannedPods } from '@/tests/support/planned-pods';
import { neededSecrets } from './needed-secrets';
import { ENGINES } from './site';

const { problemsOf } = strictSchemas(readKept());
const valuesOf = (data: Record<string, string>) =>
  Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]));
const needed = (given: unknown, engines: string[] = []) =>
  neededSecrets(readClusterConfiguration(given), new Set(engines));
const summary = (secrets: ReturnType<typeof needed>) =>
  secrets.map(({ name, make }) => `${name}${make ? '' : ' (yours)'}`);

test('a cluster with its own stores needs nothing from you', () => {
  expect(summary(needed({}))).toEqual([
    'elder-keys',
    'elder-backup-key',
    'elder-postgres-owner',
    'elder-postgres-app',
    'elder-postgres-superuser',
    'elder-redis-login',
    'elder-objects-login',
  ]);
});

test('stores outside and what only people know are yours', () => {
  const given = {
    deploymentMode: 'hybrid',
    network: { tlsSecret: 'cert' },
    security: { firstOwnerSecret: 'first', settingsSecret: 'more' },
    image: { pullSecrets: ['pull'] },
  };

  expect(summary(needed(given))).toEqual([
    'elder-keys',
    'elder-database (yours)',
    'elder-database-owner (yours)',
    'elder-redis (yours)',
    'elder-objects (yours)',
    'first (yours)',
    'more (yours)',
    'cert (yours)',
    'pull (yours)',
  ]);
});

test('an operator sees to its superuser itself, and one pod for all needs no Secret', () => {
  expect(summary(needed({ deploymentMode: 'cloud_native' }, [...ENGINES]))).not.toContain('elder-postgres-superuser');
  expect(needed({ deploymentMode: 'edge' })).toEqual([]);
});

test('what is made has the keys that are asked for, is new each time, and is what the product reads', () => {
  for (const { make, keys, name } of needed({})) {
    const secret = make?.();
    const other = make?.();

    expect(problemsOf(secret ?? {})).toEqual([]);
    expect(Object.keys(secret?.data ?? {}), name).toEqual(keys);
    expect(other?.data, name).not.toEqual(secret?.data);
  }
  const [product] = needed({});
  const { AUTH_SECRET, ENCRYPTION_KEY, 'evidence-key.pem': pem = '' } = valuesOf(product?.make?.().data ?? {});

  expect(() => loadEnv({ AUTH_SECRET, ENCRYPTION_KEY })).not.toThrow();
  expect(createPrivateKey(pem).asymmetricKeyType).toBe('ed25519');
});

test('passwords are such as fit into a URL, and names of roles are those of the URLs', () => {
  const logins = needed({})
    .filter(({ keys }) => keys.includes('password'))
    .map(({ make }) => valuesOf(make?.().data ?? {}));

  expect(logins.map(({ username }) => username)).toEqual(['elder_owner', 'elder_app', undefined, undefined]);
  for (const { password } of logins) expect(password).toMatch(/^[0-9a-f]{48}$/);
});

test('SeaweedFS is told of the login that the product has', () => {
  const login = valuesOf(
    needed({})
      .find(({ name }) => name === 'elder-objects-login')
      ?.make?.().data ?? {},
  );

  expect(JSON.parse(login['s3.json'] ?? '')).toMatchObject({
    identities: [{ credentials: [{ accessKey: login.S3_ACCESS_KEY_ID, secretKey: login.S3_SECRET_ACCESS_KEY }] }],
  });
});

test('the backup of a cluster is one of the product: sealed, with its keys, kept apart from all other volumes', () => {
  const configuration = readClusterConfiguration({ backup: { retentionDays: 14 } });
  const planned = plannedObjects({ configuration, engines: new Set() });
  const pod = plannedPods(planned).find(({ owner }) => owner === 'CronJob elder-backup');
  const [container] = pod?.spec.containers ?? [];
  const secrets = new Map(needed({}).map(({ name, make }) => [name, valuesOf(make?.().data ?? {})]));
  const given: Record<string, string> = {};
  for (const { name, value, valueFrom } of container?.env ?? []) {
    const { name: secret = '', key = '' } = valueFrom?.secretKeyRef ?? {};
    const text = value ?? secrets.get(secret)?.[key] ?? '';
    given[name] = text.replace(/\$\((\w+)\)/g, (_, used: string) => given[used] ?? '');
  }

  const env = loadEnv(given);

  expect(container?.args?.join(' ')).toBe('sh -c node bin/elder.mjs backup && node bin/elder.mjs backup prune');
  expect(container?.image).toBe('ancient-elder:0.1.0');
  expect(env).toMatchObject({ BACKUP_DIR: '/backups', BACKUP_KEEP: { daily: 14, weekly: 0, monthly: 0 } });
  expect(env.BACKUP_KEY).toBeDefined();
  expect(env.DATABASE_URL).toMatch(/@elder-postgres:5432\/elder$/);
  expect(env.DATABASE_OWNER_URL).toBeUndefined();
  expect(given.EVIDENCE_KEY_FILE).toBe('/etc/elder/keys/evidence-key.pem');
});
