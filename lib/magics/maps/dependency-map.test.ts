import { expect, test } from 'vitest';
import { factsFrom } from '@/tests/support/sketch';
import type { Facts } from '../facts';
import type { AdvisoryMatchFact } from '../facts/project';
import { dependenciesOf, mapDependencies } from './dependency-map';

const LOCK = JSON.stringify({
  name: 'shop',
  lockfileVersion: 3,
  packages: {
    '': { dependencies: { lodash: '4' }, devDependencies: { minimist: '1' } },
    'node_modules/lodash': { version: '4.17.20', license: 'MIT' },
    'node_modules/minimist': { version: '1.2.5', dev: true },
  },
});

function read(): Promise<Facts> {
  return factsFrom({
    files: {
      'package.json': '{ "name": "shop", "dependencies": { "lodash": "4" }, "devDependencies": { "minimist": "1" } }',
      'package-lock.json': LOCK,
      'tool/Gemfile': "source 'https://rubygems.org'\ngem 'rake'\n",
    },
  });
}

function match(facts: Facts, name: string, change: Partial<AdvisoryMatchFact> = {}): AdvisoryMatchFact {
  const row = facts.dependencies?.find((each) => each.name === name);
  if (!row) throw new Error(`no ${name}`);
  const { path, line, ecosystem, version, isDirect, isDevelopment } = row;
  const place = { path, line, ecosystem, name, version, isDirect, isDevelopment };
  const said = { id: 'A', aliases: [], summary: 's', score: 5, severity: 'medium', fixedIn: null, upgradeTo: null };
  return { ...place, ...said, ...change } as AdvisoryMatchFact;
}

test('gives back every row as it was read, and names what no file states', async () => {
  const facts = await read();

  const map = mapDependencies(facts);

  expect(map && dependenciesOf(map)).toEqual(facts.dependencies);
  expect(map?.files).toEqual(['package-lock.json', 'package.json']);
  expect(map?.unlocked).toEqual([{ path: 'tool/Gemfile', ecosystem: 'bundler', dependencies: 1 }]);
  expect(map?.advisories).toBeNull();
});

test('ties vulnerabilities to their rows, worst first, and counts what it leaves out', async () => {
  const facts = await read();
  const critical = match(facts, 'minimist', { id: 'B', severity: 'critical', score: 9.8, aliases: [...'abcdefg'] });
  const many = Array.from({ length: 5001 }, (_, index) => match(facts, 'lodash', { id: `L${index}` }));
  const advisories = { date: '2026-01-01', source: 'OSV', matches: [...many, critical] };

  const map = mapDependencies({ ...facts, advisories });

  const [first, second] = map?.advisories?.rows ?? [];
  expect(first).toMatchObject({ id: 'B', aliases: [...'abcde'] });
  expect(map?.rows[first?.row ?? -1]?.name).toBe('minimist');
  expect(map?.rows[second?.row ?? -1]?.name).toBe('lodash');
  expect(map?.advisories).toMatchObject({ date: '2026-01-01', leftOut: 2 });
});

test('is not drawn when lock files were not read', async () => {
  expect(mapDependencies({ ...(await read()), lockFiles: null })).toBeNull();
});
