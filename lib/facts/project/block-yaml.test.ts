import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBlockYaml } from './block-yaml';
import { type DataNode, readYaml } from './yaml-tree';

const LOCK = `lockfileVersion: '9.0'

importers:

  .:
    devDependencies:
      '@vue/shared':
        specifier: workspace:*
        version: link:../shared

packages:

  '@babel/parser@7.29.8':
    resolution: {integrity: sha512-a==}
    engines: {node: '>=6.0.0'}
    hasBin: true

  /is-odd/3.0.1:
    resolution: {integrity: sha512-b==}
    dependencies:
      is-number: 6.0.0(debug@4.3.4)
`;

function plain(node: DataNode | null): unknown {
  if (node?.kind !== 'map') return node?.kind === 'scalar' ? node.text : null;
  return Object.fromEntries([...node.entries].map(([name, value]) => [name, plain(value)]));
}

test('reads the maps of a lock file as a parser of YAML does', () => {
  const found = plain(readBlockYaml(LOCK, 1000)) as Record<string, Record<string, Record<string, unknown>>>;
  const parsed = plain(readYaml(LOCK)) as typeof found;

  expect(found.importers).toEqual(parsed.importers);
  expect(found.lockfileVersion).toBe('9.0');
  expect(Object.keys(found.packages ?? {})).toEqual(Object.keys(parsed.packages ?? {}));
  expect(found.packages?.['/is-odd/3.0.1']?.dependencies).toEqual({ 'is-number': '6.0.0(debug@4.3.4)' });
});

test('tells the line of each key', () => {
  const root = readBlockYaml(LOCK, 1000);

  expect(root?.kind === 'map' && root.entries.get('packages')?.line).toBe(11);
});

test('takes no text of more lines than asked', () => {
  expect(readBlockYaml('a: 1\nb: 2\n', 2)).toBeNull();
});

test('never throws, and stays fast, whatever the text holds', () => {
  const key = `${' '.repeat(50)}${'a:'.repeat(1900)}`;

  readBlockYaml(`${key}\n`.repeat(200), 1000);
  fc.assert(fc.property(fc.string(), (text) => void readBlockYaml(text, 100)));
});
