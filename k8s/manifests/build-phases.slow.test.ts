import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readClusterConfiguration } from '@/lib/schemas/cluster-configuration';
import { DEPLOYMENT_MODES } from '@/lib/schemas/cluster-modes';
import { anyCase } from '@/tests/support/cluster-configurations';
import { readKept, strictSchemas } from '@/tests/support/kubernetes-schemas/strict';
import { PHASES } from '../phase';
import { buildPhases } from './build-phases';
import { RECOVERIES } from './manifest';
import { ENGINES } from './site';

const { problemsOf } = strictSchemas(readKept());
const ALL = new Set(ENGINES);
const NONE = new Set<string>();

const objectsOf = (...args: Parameters<typeof buildPhases>) =>
  buildPhases(...args).flatMap(({ objects }) => objects.map(({ object }) => object));

test.each(DEPLOYMENT_MODES)('every object of %s is as the API wants it, with and without engines', (mode) => {
  const configuration = readClusterConfiguration({ deploymentMode: mode });

  for (const engines of [ALL, NONE]) {
    expect(objectsOf(configuration, engines).flatMap(problemsOf)).toEqual([]);
  }
});

test('every object of any configuration is as the API wants it', () => {
  fc.assert(
    fc.property(anyCase, ({ configuration, engines }) => {
      expect(objectsOf(configuration, engines).flatMap(problemsOf)).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test('the schemas refuse a field that is spelt wrong, one that is missing and one of another type', () => {
  const [deployment] = objectsOf(readClusterConfiguration({}), NONE).filter(({ kind }) => kind === 'Deployment');
  const { spec } = deployment as unknown as { spec: object };

  expect(problemsOf({ ...deployment, spec: { ...spec, replica: 1 } } as object)).toHaveLength(1);
  expect(problemsOf({ ...deployment, spec: { replicas: 1 } } as object)).toHaveLength(2);
  expect(problemsOf({ ...deployment, spec: { ...spec, replicas: '1' } } as object)).toHaveLength(1);
  expect(problemsOf({ ...deployment, metadata: { naem: 'x' } } as object)).toHaveLength(1);
  expect(problemsOf({ apiVersion: 'apps/v1', kind: 'Deploiment' })).toHaveLength(1);
});

test('the same arguments give the same seven phases', () => {
  fc.assert(
    fc.property(anyCase, ({ configuration, engines }) => {
      const phases = buildPhases(configuration, engines);

      expect(buildPhases(structuredClone(configuration), new Set([...engines].reverse()))).toEqual(phases);
      expect(phases.map(({ name }) => name)).toEqual(PHASES);
    }),
    { numRuns: 20 },
  );
});

test('objects are told apart, have a name a label can hold, lie in the namespace, and say what to do when they fail', () => {
  fc.assert(
    fc.property(anyCase, ({ configuration, engines }) => {
      const phases = buildPhases(configuration, engines);
      const all = phases.flatMap(({ objects }) => objects);
      const ids = all.map(({ object }) => `${object.apiVersion} ${object.kind} ${object.metadata?.name}`);

      expect(new Set(ids).size).toBe(ids.length);
      for (const { object, goal, timeoutSeconds, recovery } of all) {
        expect(object.metadata?.name).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);
        const home =
          object.kind === 'Namespace' ? undefined : object.kind === 'Schedule' ? 'velero' : configuration.namespace;
        expect(object.metadata?.namespace).toBe(home);
        expect(RECOVERIES).toContain(recovery);
        expect(timeoutSeconds).toBeGreaterThan(0);
        expect(goalFits(object.kind ?? '', goal)).toBe(true);
      }
    }),
    { numRuns: 30 },
  );
});

function goalFits(kind: string, goal: unknown): boolean {
  if (kind === 'Job') return goal === 'succeeded';
  if (kind === 'Deployment' || kind === 'StatefulSet') return goal === 'rolled-out';
  if (kind === 'PersistentVolumeClaim') return goal === 'bound';
  return kind === 'Cluster' ? typeof goal === 'object' : goal === 'present';
}

test('custom kinds are there only where the cluster shows their group, and what is missing is told once', () => {
  fc.assert(
    fc.property(anyCase, ({ configuration, engines }) => {
      const phases = buildPhases(configuration, engines);
      const groups = phases.flatMap(({ objects }) =>
        objects.map(({ object }) => object.apiVersion?.split('/')[0] ?? ''),
      );
      const custom = groups.filter(
        (group) => group.includes('.') && !group.endsWith('.k8s.io') && group !== 'autoscaling.karmada.io',
      );
      const missing = phases.flatMap(({ missingEngines }) => missingEngines);

      for (const group of [...custom, ...groups.filter((one) => ENGINES.includes(one))])
        expect(engines).toContain(group);
      for (const { apiGroup, need, fallback } of missing) {
        expect(engines).not.toContain(apiGroup);
        expect(need.length * fallback.length).toBeGreaterThan(0);
      }
      expect(new Set(missing.map((one) => JSON.stringify(one))).size).toBe(missing.length);
    }),
    { numRuns: 20 },
  );
});

test('a Job that does the same keeps its name, one that does something else has another', () => {
  const jobs = (tag: string) =>
    objectsOf(readClusterConfiguration({ image: { tag } }), NONE)
      .filter(({ kind }) => kind === 'Job')
      .map(({ metadata }) => metadata?.name ?? '');

  expect(jobs('1.0.0')).toEqual(jobs('1.0.0'));
  expect(jobs('1.0.0').some((name) => jobs('1.0.1').includes(name))).toBe(false);
});

test('without engines a cloud-native configuration falls back to what every cluster has', () => {
  const configuration = readClusterConfiguration({ deploymentMode: 'cloud_native' });

  const phases = buildPhases(configuration, NONE);
  const kinds = phases.flatMap(({ objects }) => objects.map(({ object }) => `${object.kind} ${object.metadata?.name}`));

  expect(
    phases.flatMap(({ name, missingEngines }) => missingEngines.map(({ apiGroup }) => `${name} ${apiGroup}`)).sort(),
  ).toEqual([
    'monitoring monitoring.coreos.com',
    'storage postgresql.cnpg.io',
    'storage redis.redis.opstreelabs.in',
    'storage velero.io',
    'ui gateway.networking.k8s.io',
    'workers autoscaling.k8s.io',
    'workers keda.sh',
  ]);
  expect(kinds).toEqual(
    expect.arrayContaining([
      'StatefulSet elder-postgres',
      'StatefulSet elder-redis',
      'Ingress elder-web',
      'HorizontalPodAutoscaler elder-worker-git',
      'CronJob elder-backup',
    ]),
  );
});

test('the database is brought up to date before a worker or the web starts on it', () => {
  const phases = buildPhases(readClusterConfiguration({}), NONE);
  const phaseOf = (kind: string, name: RegExp) =>
    phases.findIndex(({ objects }) =>
      objects.some(({ object }) => object.kind === kind && name.test(object.metadata?.name ?? '')),
    );

  expect(phaseOf('Job', /^elder-migrate-/)).toBe(phaseOf('StatefulSet', /postgres/));
  expect(phaseOf('Deployment', /worker-/)).toBeGreaterThan(phaseOf('Job', /^elder-migrate-/));
  expect(phaseOf('Deployment', /web/)).toBeGreaterThan(phaseOf('Job', /^elder-migrate-/));
});
