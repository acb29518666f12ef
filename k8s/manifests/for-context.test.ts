import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readClusterConfiguration } from '@/lib/schemas/cluster-configuration';
import { KnownToPods } from '@/lib/schemas/known-to-pods';
import { WORKER_KINDS } from '@/lib/schemas/worker-kinds';
import { anyCase } from '@/tests/support/cluster-configurations';
import { plannedObjects } from '@/tests/support/planned-pods';
import { buildPhases } from './build-phases';
import { forContext, shares, withoutHome } from './for-context';
import { ENGINES } from './site';

const contexts = [
  { name: 'tokyo', weight: 3 },
  { name: 'osaka', weight: 1 },
];
const configuration = readClusterConfiguration({
  deploymentMode: 'hybrid',
  contexts,
  workers: { git: { minReplicas: 4, maxReplicas: 20 } },
});

test('shares add up, and no two differ from their weight by more than one', () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.array(fc.nat(100), { minLength: 1, maxLength: 8 }), (total, weights) => {
      fc.pre(weights.some((weight) => weight > 0));
      const parts = shares(total, weights);
      const sum = weights.reduce((all, weight) => all + weight, 0);

      expect(parts.reduce((all, part) => all + part, 0)).toBe(total);
      for (const [index, part] of parts.entries())
        expect(Math.abs(part - (total * (weights[index] ?? 0)) / sum)).toBeLessThan(1);
    }),
  );
});

test('each cluster gets its share of the workers, and all of them together what was asked for', () => {
  const parts = contexts.map(({ name }) => forContext(configuration, name).workers);

  expect(parts.map(({ git }) => [git.minReplicas, git.maxReplicas])).toEqual([
    [3, 15],
    [1, 5],
  ]);
  for (const kind of WORKER_KINDS) {
    expect(parts.reduce((all, workers) => all + workers[kind].minReplicas, 0)).toBe(
      configuration.workers[kind].minReplicas,
    );
  }
});

test('a cluster that is not the first has workers and no web', () => {
  const phases = withoutHome(buildPhases(forContext(configuration, 'osaka'), new Set()));
  const kinds = phases.flatMap(({ objects }) => objects.map(({ object }) => `${object.kind} ${object.metadata?.name}`));

  expect(kinds).toContain('Deployment elder-worker-git');
  expect(kinds).not.toContain('Deployment elder-web');
});

test('a kind of which a cluster has no share runs nowhere there', () => {
  const given = readClusterConfiguration({
    deploymentMode: 'hybrid',
    contexts: [{ name: 'a' }, { name: 'b', weight: 0 }],
  });
  const objects = buildPhases(forContext(given, 'b'), new Set(ENGINES)).flatMap((phase) => phase.objects);

  for (const { object } of objects) expect(JSON.stringify(object)).not.toContain('worker-git');
});

test('a context that is not named is refused', () => {
  expect(() => forContext(configuration, 'kyoto')).toThrow('contexts: kyoto is none of tokyo, osaka');
});

test('what each of several clusters tells its pods is what they can read, and names kinds that run there', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(anyCase, weights, ({ configuration: given, engines }, some) => {
      fc.pre(some.some((weight) => weight > 0));
      const places = some.map((weight, index) => ({ name: `place-${index}`, weight }));

      for (const { name } of places) {
        const objects = plannedObjects({ configuration: forContext({ ...given, contexts: places }, name), engines });
        const map = objects.find(({ data }) => (data as Record<string, string> | undefined)?.['cluster.json']);
        const text = (map?.data as Record<string, string> | undefined)?.['cluster.json'] ?? '';
        const deployments = objects.filter(({ kind }) => kind === 'Deployment').map(({ metadata }) => metadata?.name);

        const known = KnownToPods.parse(JSON.parse(text));
        for (const { deployment } of known.scaling.scaled) expect(deployments).toContain(deployment);
      }
    }),
    { numRuns: 60 },
  );
});
