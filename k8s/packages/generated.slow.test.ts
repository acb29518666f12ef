import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { readClusterConfiguration } from '@/lib/schemas/cluster-configuration';
import { DEPLOYMENT_MODES } from '@/lib/schemas/cluster-modes';
import { renderTemplates } from '@/tests/support/helm-render';
import { readKept, strictSchemas } from '@/tests/support/kubernetes-schemas/strict';
import { buildPhases } from '../manifests/build-phases';
import { ENGINES } from '../manifests/site';
import { chartFiles, chartObjects } from './chart-files';
import { type ChartValues, DEFAULT_VALUES } from './chart-values';
import { kustomizeFiles } from './kustomize-files';

const filesBelow = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    return statSync(file).isDirectory() ? filesBelow(file) : [file];
  });
const onDisk = (folder: string) =>
  new Map(filesBelow(folder).map((file) => [path.relative(folder, file), readFileSync(file, 'utf8')]));
const documents = (text: string) =>
  parseAllDocuments(text, { version: '1.1' })
    .map((document) => document.toJS() as Rendered | null)
    .filter((document) => document !== null);
const sorted = <T>(map: Map<string, T>) => [...map].sort(([one], [other]) => (one < other ? -1 : 1));

interface Rendered {
  apiVersion?: string;
  kind?: string;
  metadata?: { name?: string; namespace?: string };
}

test.each([
  ['k8s/chart', chartFiles],
  ['k8s/kustomize', kustomizeFiles],
])('%s is what the builders make; npm run k8s:generate writes it anew', (folder, filesOf) => {
  const files = onDisk(folder);
  const made = filesOf();

  expect([...files.keys()].sort()).toEqual([...made.keys()].sort());
  for (const [name, text] of made) expect(files.get(name) === text, name).toBe(true);
});

test.each(DEPLOYMENT_MODES)('the base of %s holds exactly the objects of the builders', (mode) => {
  const files = onDisk('k8s/kustomize');
  const { resources } = parse(files.get(`${mode}/kustomization.yaml`) ?? '') as { resources: string[] };

  const held = resources.flatMap((file) => documents(files.get(`${mode}/${file}`) ?? ''));

  const phases = buildPhases(readClusterConfiguration({ deploymentMode: mode }), new Set(ENGINES));
  expect(held).toEqual(
    phases.flatMap(({ objects }) => objects.map(({ object }) => JSON.parse(JSON.stringify(object)))),
  );
});

const RELEASE = { name: 'elder', namespace: 'ancient-elder', revision: 1 };

function render(values: ChartValues, release = RELEASE): Rendered[] {
  const templates = new Map(sorted(onDisk('k8s/chart')).filter(([name]) => name.startsWith('templates/')));
  const Release = { Name: release.name, Namespace: release.namespace, Revision: release.revision };
  const texts = renderTemplates(templates, { Values: values, Release });
  return texts.flatMap(documents);
}

const expected = (values: ChartValues, release = RELEASE) =>
  chartObjects(values, release).flatMap(({ objects }) =>
    objects.map((object) => JSON.parse(JSON.stringify(object)) as Rendered),
  );
const byName = (objects: readonly Rendered[]) =>
  new Map(sorted(new Map(objects.map((object) => [`${object.kind}/${object.metadata?.name}`, object]))));

test('the chart renders with its own values to exactly what the builders make', () => {
  const values = parse(readFileSync('k8s/chart/values.yaml', 'utf8')) as ChartValues;

  expect(values).toEqual(DEFAULT_VALUES);
  expect(render(values)).toHaveLength(expected(values).length);
  expect(byName(render(values))).toEqual(byName(expected(values)));
});

const replicas = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 20 }))
  .map(([least, more]) => ({ minReplicas: least, maxReplicas: least + more }));
const fixed = fc.integer({ min: 1, max: 9 }).map((number) => ({ replicas: number }));
const size = fc.constantFrom('1Gi', '2Ti');
const anyValues: fc.Arbitrary<ChartValues> = fc.record({
  image: fc.record({
    repository: fc.constantFrom('ghcr.io/example/elder', 'registry.example.com:5000/elder'),
    tag: fc.constantFrom('1.2.3', 'main'),
    digest: fc.constantFrom('', `sha256:${'ab'.repeat(32)}`),
  }),
  network: fc.record({
    host: fc.constantFrom('guard.example.org', 'a.example.com'),
    expose: fc.constantFrom('ingress', 'gateway', 'none'),
    tlsSecret: fc.constantFrom('', 'cert'),
  }),
  stores: fc.constantFrom('internal', 'external'),
  external: fc.constant({
    databaseSecret: 'd-1',
    databaseOwnerSecret: 'd-2',
    redisSecret: 'r-1',
    objectsSecret: 'o-1',
  }),
  keysSecret: fc.constantFrom('k-1'),
  settingsSecret: fc.constantFrom('s-1'),
  sizes: fc.record({ postgres: size, redis: size, objects: size, backup: size }),
  web: replicas,
  workers: fc.record({ git: replicas, collect: replicas, judge: replicas, deliver: fixed, maintain: fixed }),
  monitoring: fc.record({ operator: fc.boolean() }),
});

test('with any values it renders to what the builders make of the same, and that is as the API wants it', () => {
  const { problemsOf } = strictSchemas(readKept());
  const { $schema: _, ...schema } = JSON.parse(readFileSync('k8s/chart/values.schema.json', 'utf8')) as Record<
    string,
    unknown
  >;
  const accepts = new Ajv({ strict: false }).compile(schema);
  fc.assert(
    fc.property(anyValues, fc.constantFrom('elder', 'guard'), (values, name) => {
      const release = { name, namespace: 'some-place', revision: 7 };
      const rendered = render(values, release);

      expect(accepts(values)).toBe(true);
      expect(byName(rendered)).toEqual(byName(expected(values, release)));
      expect(rendered.flatMap(problemsOf)).toEqual([]);
    }),
    { numRuns: 12 },
  );
});

test('the schema of its values refuses what could break out of a template', () => {
  const { $schema: _, ...schema } = JSON.parse(readFileSync('k8s/chart/values.schema.json', 'utf8')) as Record<
    string,
    unknown
  >;
  const accepts = new Ajv({ strict: false }).compile(schema);

  expect(accepts(DEFAULT_VALUES)).toBe(true);
  for (const values of [
    { ...DEFAULT_VALUES, keysSecret: 'a"\n- b' },
    { ...DEFAULT_VALUES, network: { ...DEFAULT_VALUES.network, host: 'a b' } },
    { ...DEFAULT_VALUES, web: { minReplicas: '2', maxReplicas: 3 } },
    { ...DEFAULT_VALUES, surprise: true },
  ]) {
    expect(accepts(values)).toBe(false);
  }
});

test('a name too long for the names of objects is refused', () => {
  expect(() => render(DEFAULT_VALUES, { ...RELEASE, name: 'a'.repeat(31) })).toThrow('more than 30 characters');
});
