import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ApiServer, startApiServer } from '@/tests/support/kubernetes/api-server';
import { runControllers, type Trouble } from '@/tests/support/kubernetes/controllers';
import { type Kubeconfig, QUICK, writeKubeconfig } from '@/tests/support/kubernetes/kubeconfig';
import { configMap, deployment, job, NAMESPACE, namespace, phase, planned } from '@/tests/support/kubernetes/plans';
import { connectCluster } from '../cluster';
import { at } from '../cluster/cluster-object';
import { clusterProblemOf } from '../cluster/cluster-problem';
import { shares, withoutHome } from '../manifests/for-context';
import { applyContexts, type ContextsRequest, type Share } from './apply-contexts';

const NAMES = ['tokyo', 'osaka', 'oslo'] as const;
type Name = (typeof NAMES)[number];

function plan({ weights, index, isHome }: Share) {
  const replicas = shares(10, weights)[index];
  const phases = [
    phase('infrastructure', planned(namespace())),
    phase('storage', planned(job('database-check'), 'succeeded')),
    phase('workers', planned(deployment('worker', { replicas }), 'rolled-out')),
    phase('api', planned(deployment('web', { replicas: 2 }), 'rolled-out'), planned(configMap('web-settings'))),
  ];
  return { phases: isHome ? phases : withoutHome(phases), secrets: [] };
}
const CONTEXTS = [
  { name: 'tokyo', weight: 5 },
  { name: 'osaka', weight: 3 },
  { name: 'oslo', weight: 2 },
];

let servers: Record<Name, ApiServer>;
let trouble: Record<Name, { -readonly [Each in keyof Trouble]: Trouble[Each] }>;
let kubeconfig: Kubeconfig;

beforeEach(async () => {
  servers = { tokyo: await startApiServer(), osaka: await startApiServer(), oslo: await startApiServer() };
  trouble = { tokyo: {}, osaka: {}, oslo: {} };
  for (const name of NAMES) runControllers(servers[name], trouble[name]);
  kubeconfig = await writeKubeconfig(servers);
});

afterEach(async () => {
  await kubeconfig[Symbol.asyncDispose]();
  for (const name of NAMES) await servers[name][Symbol.asyncDispose]();
});

const apply = (more: Partial<ContextsRequest> = {}) =>
  applyContexts({
    namespace: NAMESPACE,
    contexts: CONTEXTS,
    connect: (context) => connectCluster({ kubeconfig: kubeconfig.file, context }, QUICK),
    plan: (_engines, share) => plan(share),
    lock: { durationSeconds: 20, retryMs: 50 },
    ...more,
  });

const replicas = (name: Name, workload = 'worker') =>
  at(
    servers[name].find({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: NAMESPACE, name: workload }),
    'spec',
    'replicas',
  );

test('workers are placed by weight, all else in the first cluster', async () => {
  const ends = await apply();

  expect(ends.map(({ context, state, isHome }) => [context, state, isHome])).toEqual([
    ['tokyo', 'applied', true],
    ['osaka', 'applied', false],
    ['oslo', 'applied', false],
  ]);
  expect(NAMES.map((name) => replicas(name))).toEqual([5, 3, 2]);
  expect(NAMES.map((name) => replicas(name, 'web'))).toEqual([2, undefined, undefined]);
});

test('the weight of a lost cluster goes to the others, and comes back with it', async () => {
  await apply();
  servers.oslo.fail({ does: 'cut' });

  const without = await apply();
  const lost = NAMES.map((name) => replicas(name));
  servers.oslo.mend();
  await apply();

  expect(without.map(({ state }) => state)).toEqual(['applied', 'applied', 'lost']);
  expect(clusterProblemOf(without[2]?.error)).toMatchObject({ clusterProblem: 'unreachable', cluster: 'oslo' });
  expect(lost.slice(0, 2)).toEqual([6, 4]);
  expect(NAMES.map((name) => replicas(name))).toEqual([5, 3, 2]);
});

test('when home is lost the next cluster is home, until home is back', async () => {
  await apply();
  servers.tokyo.fail({ does: 'cut' });

  const moved = await apply();
  const [osaka, oslo, web] = [replicas('osaka'), replicas('oslo'), replicas('osaka', 'web')];
  servers.tokyo.mend();
  await apply();

  expect(moved.map(({ state, isHome }) => [state, isHome])).toEqual([
    ['lost', false],
    ['applied', true],
    ['applied', false],
  ]);
  expect([osaka, oslo, web]).toEqual([6, 4, 2]);
  expect(replicas('osaka', 'web')).toBeUndefined();
  expect(replicas('tokyo', 'web')).toBe(2);
});

test('what fails in one leaves the others done and is told', async () => {
  trouble.osaka.fails = { 'database-check': 'no route to the database' };

  const ends = await apply();

  expect(ends.map(({ state }) => state)).toEqual(['applied', 'failed', 'applied']);
  expect(ends[1]?.end?.failure).toMatchObject({
    phase: 'storage',
    evidence: { pod: { log: ['no route to the database'] } },
  });
  expect(replicas('oslo')).toBe(2);
});

test('a cluster that refuses the account is no lost one: its workers are not placed twice', async () => {
  await apply();
  servers.oslo.accept();

  const ends = await apply();

  expect(ends.map(({ state }) => state)).toEqual(['applied', 'applied', 'failed']);
  expect(NAMES.map((name) => replicas(name))).toEqual([5, 3, 2]);
});

test('with no cluster in reach all are lost and nothing is done', async () => {
  for (const name of NAMES) servers[name].fail({ does: 'cut' });

  const ends = await apply();

  expect(ends.map(({ state, isHome }) => [state, isHome])).toEqual(NAMES.map(() => ['lost', false]));
});

test('a signal ends all of them', async () => {
  const stop = new AbortController();
  trouble.osaka.silent = ['worker'];
  const running = apply({
    signal: stop.signal,
    onEvent: (context, event) => {
      if (context === 'osaka' && event.type === 'object' && event.object.includes('worker')) stop.abort();
    },
  });

  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
});
