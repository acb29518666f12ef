import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Manifest {
  license?: string;
  /** Packages from before there was `license`. */
  licenses?: { type: string }[];
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

const ROW = /^\| `(?<name>[^`]+)` \| (?<license>[^|]+) \| (?<why>[^|]+) \|$/gm;

test('every dependency is described with its licence and why it is there', () => {
  const { dependencies, devDependencies } = readManifest('package.json');
  const names = [...Object.keys(dependencies), ...Object.keys(devDependencies)].sort();

  const rows = [...readFileSync('docs/dependencies.md', 'utf8').matchAll(ROW)].map(({ groups }) => groups);

  const described = rows.map((row) => [row?.name, row?.license]).sort();
  expect(described).toEqual(names.map((name) => [name, licenseOf(readManifest(`node_modules/${name}/package.json`))]));
});

function licenseOf({ license, licenses }: Manifest): string | undefined {
  return license ?? licenses?.[0]?.type;
}

function readManifest(file: string): Manifest {
  return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
}
