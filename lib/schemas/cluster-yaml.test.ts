import { expect, test } from 'vitest';
import { changeClusterYaml, checkClusterYaml } from './cluster-yaml';

test('a value is changed in its place, and comments stay', () => {
  const text = '# Ours\nname: elder # short\nweb:\n  minReplicas: 1\n';

  const changed = changeClusterYaml(text, [
    { path: 'web.minReplicas', value: 2 },
    { path: 'network.host', value: 'elder.example.org' },
  ]);

  expect(changed).toBe('# Ours\nname: elder # short\nweb:\n  minReplicas: 2\nnetwork:\n  host: elder.example.org\n');
});

test.each([
  ['', 'web:\n  minReplicas: 2\n'],
  ['# only a comment\n', '# only a comment\n\nweb:\n  minReplicas: 2\n'],
  ['web:\n', 'web:\n  minReplicas: 2\n'],
  ['web: 7\n', 'web:\n  minReplicas: 2\n'],
  ['- a list\n', '- a list\n'],
  ['web: [', 'web: ['],
])('%j becomes %j', (text, expected) => {
  expect(changeClusterYaml(text, [{ path: 'web.minReplicas', value: 2 }])).toBe(expected);
});

test('no text is a configuration whose all comes from its mode', () => {
  expect(checkClusterYaml('').configuration).toMatchObject({ name: 'elder', deploymentMode: 'kubernetes' });
});

test.each([
  ['name: elder\nnetwork:\n  host: nowhere\n', 'network.host', 3],
  ['contexts:\n  - name: a\n  - name: "!"\n', 'contexts.1.name', 3],
  ['deploymentMode: kubernetes\nnodes: { lostAfterSeconds: 1 }\n', 'nodes.lostAfterSeconds', 2],
  ['- a list\n', '', null],
])('%j is wrong at %j, line %j', (text, field, line) => {
  expect(checkClusterYaml(text).problems).toContainEqual(expect.objectContaining({ field, line }));
});

test('aliases that would grow beyond measure are refused', () => {
  const text =
    'a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n';

  expect(checkClusterYaml(text)).toMatchObject({ configuration: null, problems: [{ field: '', line: 1 }] });
});
