import { expect, test } from 'vitest';
import { configMap, deployment, phase, planned, smallPlan } from '@/tests/support/kubernetes/plans';
import { checkPhases } from './check-phases';

test('a sound plan has no problems', () => {
  expect(checkPhases(smallPlan())).toEqual({ problems: [], uncheckedKinds: [] });
});

test('unknown fields, wrong types, names, labels and objects that are there twice are told with their place', () => {
  const bad = deployment('worker', { replicaz: 1, replicas: 'two' });
  bad.metadata.labels = { role: 'not/allowed' };

  const { problems } = checkPhases([
    phase(
      'workers',
      planned(bad),
      planned(configMap('Upper')),
      planned(configMap('twice')),
      planned(configMap('twice')),
    ),
  ]);

  expect(problems.map(({ object, problem, field, expected }) => [object, problem, field, expected])).toEqual([
    ['Deployment elder/worker', 'bad-label', 'role=not/allowed', null],
    ['Deployment elder/worker', 'unknown-field', '.spec.replicaz', null],
    ['Deployment elder/worker', 'wrong-type', '.spec.replicas', 'number'],
    ['ConfigMap elder/Upper', 'bad-name', 'Upper', null],
    ['ConfigMap elder/twice', 'twice', 'twice', null],
  ]);
});

test('fields of an operator are not known here, and that is said', () => {
  const scaled = {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name: 's', namespace: 'elder' },
    spec: { anything: 1 },
  };

  expect(checkPhases([phase('workers', planned(scaled))])).toEqual({
    problems: [],
    uncheckedKinds: ['keda.sh/v1alpha1 ScaledObject'],
  });
});
