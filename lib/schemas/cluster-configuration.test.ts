import { expect, test } from 'vitest';
import { AppError } from '@/lib/errors';
import { readClusterConfiguration } from './cluster-configuration';
import { DEPLOYMENT_MODES } from './cluster-modes';

const refusalOf = (given: unknown): string => {
  try {
    readClusterConfiguration(given);
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
  return 'accepted';
};

test('nothing at all is a configuration, and so is the name of a mode', () => {
  expect(readClusterConfiguration({}).deploymentMode).toBe('kubernetes');
  for (const mode of DEPLOYMENT_MODES)
    expect(readClusterConfiguration({ deploymentMode: mode }).deploymentMode).toBe(mode);
});

test('what is read is read again as the same', () => {
  for (const mode of DEPLOYMENT_MODES) {
    const read = readClusterConfiguration({ deploymentMode: mode });

    expect(readClusterConfiguration(JSON.parse(JSON.stringify(read)))).toEqual(read);
  }
});

test('a mode gives what is not said, and a store of another kind keeps nothing of it', () => {
  const { storage, workers } = readClusterConfiguration({
    deploymentMode: 'cloud_native',
    storage: { postgres: { kind: 'external', secret: 'mine' } },
    workers: { git: { maxReplicas: 7 } },
  });

  expect(storage.postgres).toEqual({
    kind: 'external',
    secret: 'mine',
    ownerSecret: 'elder-database-owner',
    port: 5432,
    networks: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
  });
  expect(storage.redis.kind).toBe('operator');
  expect(workers.git).toMatchObject({ minReplicas: 2, maxReplicas: 7, scaling: 'custom', tier: 'medium' });
});

test.each([
  [{ nmae: 'elder' }, '(all of it): Unrecognized key: "nmae"'],
  [{ name: 'Elder!' }, 'name: lower-case letters, digits and -, at most 30'],
  [{ deploymentMode: 'cloud' }, 'deploymentMode: '],
  [{ image: { tag: 'a b' } }, 'image.tag: the tag of an image'],
  [{ image: { repository: 'x"\n- evil' } }, 'image.repository: an image without a tag'],
  [{ network: { host: 'elder' } }, 'network.host: as elder.example.com'],
  [
    { network: { allowedEgress: [{ networks: ['10.0.0.1'] }] } },
    'network.allowedEgress.0.networks.0: a network, as 10.0.0.0/8',
  ],
  [{ network: { expose: 'none', tlsSecret: 'tls' } }, 'network.tlsSecret: only an Ingress uses it'],
  [{ storage: { postgres: { kind: 'mysql' } } }, 'storage.postgres.kind: '],
  [{ storage: { postgres: { kind: 'embedded' } } }, 'storage.postgres.kind: embedded is for single_node and edge'],
  [
    { deploymentMode: 'edge', storage: { postgres: { kind: 'external' } } },
    'storage.postgres.kind: edge keeps its database in its own pod',
  ],
  [{ storage: { objects: { kind: 'volume' } } }, 'storage.objects.kind: pods of several kinds share no volume'],
  [{ deploymentMode: 'hybrid', storage: { redis: { kind: 'statefulset' } } }, 'storage: hybrid has its stores outside'],
  [{ workers: { git: { minReplicas: 3, maxReplicas: 2 } } }, 'workers.git.maxReplicas: less than minReplicas (3)'],
  [
    { workers: { git: { scaling: 'manual', minReplicas: 1, maxReplicas: 5 } } },
    'workers.git.maxReplicas: manual changes no number',
  ],
  [{ workers: { git: { scaling: 'magic' } } }, 'workers.git.scaling: '],
  [{ workers: { git: { tier: 'huge' } } }, 'workers.git.tier: '],
  [{ backup: { schedule: 'daily' } }, 'backup.schedule: '],
  [{ contexts: [{ name: 'a' }, { name: 'b' }] }, 'storage: several clusters share stores that all of them reach'],
  [{ deploymentMode: 'hybrid', contexts: [{ name: 'a' }, { name: 'a' }] }, 'contexts: a context is named twice'],
  [
    {
      deploymentMode: 'hybrid',
      contexts: [{ name: 'a' }, { name: 'b' }],
      workers: { judge: { scaling: 'predictive' } },
    },
    'workers.judge.scaling: predictive counts the work of all clusters for each of them: manual, hpa or vpa',
  ],
  [{ deploymentMode: 'hybrid', contexts: [{ name: 'a', weight: 0 }] }, 'contexts: all weights are 0'],
  ['text', '(all of it): '],
  [null, '(all of it): '],
])('%j is refused by its path', (given, expected) => {
  expect(refusalOf(given)).toContain(expected);
});

test('every wrong path is named at once', () => {
  const refusal = refusalOf({ name: '-', image: { tag: ' ' }, web: { minReplicas: 0 } });

  expect(refusal).toContain('name: ');
  expect(refusal).toContain('image.tag: ');
  expect(refusal).toContain('web.minReplicas: ');
});
