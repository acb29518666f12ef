import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readClusterConfiguration } from '@/lib/schemas/cluster-configuration';
import { WORKER_KINDS } from '@/lib/schemas/worker-kinds';
import { anyCase } from '@/tests/support/cluster-configurations';
import { at, plannedObjects, type Tree } from '@/tests/support/planned-pods';
import { ENGINES } from './site';

const KARMADA = 'policy.karmada.io';

const given = {
  deploymentMode: 'hybrid',
  contexts: [
    { name: 'tokyo', weight: 3 },
    { name: 'osaka', weight: 1 },
    { name: 'spare', weight: 0 },
  ],
};
const configuration = readClusterConfiguration(given);
const objects = plannedObjects({ configuration, engines: new Set([KARMADA]) });
const policies = objects.filter(({ kind }) => kind === 'PropagationPolicy');

interface Selector {
  apiVersion: string;
  kind: string;
  name?: string;
}
const selectors = (policy: Tree) => at(policy.spec, 'resourceSelectors') as Selector[];
const chooses = (policy: Tree, { apiVersion, kind, metadata }: Tree) =>
  selectors(policy).some(
    (one) => one.apiVersion === apiVersion && one.kind === kind && (one.name ?? metadata?.name) === metadata?.name,
  );

test('workers are divided by weight, over clusters that have one', () => {
  const workers = policies.find(({ metadata }) => metadata?.name === 'elder-workers');

  expect(at(workers?.spec, 'placement', 'replicaScheduling')).toEqual({
    replicaSchedulingType: 'Divided',
    replicaDivisionPreference: 'Weighted',
    weightPreference: {
      staticWeightList: [
        { targetCluster: { clusterNames: ['tokyo'] }, weight: 3 },
        { targetCluster: { clusterNames: ['osaka'] }, weight: 1 },
      ],
    },
  });
  expect(workers && selectors(workers).map(({ name }) => name)).toEqual(
    WORKER_KINDS.map((kind) => `elder-worker-${kind}`),
  );
});

/** What Karmada makes or acts by itself, its own words, and what lies in the namespace of another. */
const NOT_PLACED = ['Namespace', 'FederatedHPA', 'PropagationPolicy', 'Schedule'];

test('every object of the namespace is placed by exactly one policy, whatever engines there are', () => {
  fc.assert(
    fc.property(anyCase, ({ configuration: any, engines }) => {
      const { contexts } = configuration;
      const all = plannedObjects({ configuration: { ...any, contexts }, engines: new Set([...engines, KARMADA]) });
      const rules = all.filter(({ kind }) => kind === 'PropagationPolicy');

      for (const object of all.filter(({ kind = '' }) => !NOT_PLACED.includes(kind))) {
        const by = rules.filter((rule) => chooses(rule, object)).map(({ metadata }) => metadata?.name);
        expect(by, `${object.kind} ${object.metadata?.name}`).toHaveLength(1);
      }
      for (const rule of rules) expect(selectors(rule).length).toBeGreaterThan(0);
    }),
    { numRuns: 40 },
  );
});

test('the web and what leads to it stay in the first cluster, services of workers and accounts are in all', () => {
  const all = plannedObjects({
    configuration: readClusterConfiguration({ ...given, network: { expose: 'gateway' } }),
    engines: new Set(ENGINES),
  });
  const rules = all.filter(({ kind }) => kind === 'PropagationPolicy');
  const placeOf = (wanted: string) => {
    const object = all.find(({ kind, metadata }) => `${kind} ${metadata?.name}` === wanted);
    return object && rules.find((rule) => chooses(rule, object))?.metadata?.name;
  };

  for (const object of ['Deployment', 'Service', 'HTTPRoute', 'PodDisruptionBudget', 'ServiceMonitor'])
    expect(placeOf(`${object} elder-web`)).toBe('elder-home');
  for (const object of ['Service', 'PodDisruptionBudget', 'ServiceMonitor', 'VerticalPodAutoscaler', 'NetworkPolicy'])
    expect(placeOf(`${object} elder-worker-git`)).toBe('elder-everywhere');
  expect(placeOf('PrometheusRule elder-alert-rules')).toBe('elder-everywhere');
  expect(placeOf('Deployment elder-worker-git')).toBe('elder-workers');
});

test('replicas are scaled over all clusters, by the kind that knows of them', () => {
  const kinds = new Set(objects.map(({ kind }) => kind));

  expect(kinds).toContain('FederatedHPA');
  expect(kinds).not.toContain('HorizontalPodAutoscaler');
});
