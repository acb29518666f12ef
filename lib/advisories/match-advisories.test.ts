import { describe, expect, test } from 'vitest';
import type { DependencyFact } from '@/lib/magics/facts/project';
import { AdvisoryData, type AdvisoryEntry } from './advisory-data';
import { matchAdvisories } from './match-advisories';

function dependency(ecosystem: DependencyFact['ecosystem'], name: string, version: string): DependencyFact {
  const place = { path: 'lock', line: 1, manifest: null, licence: null };
  return { ...place, ecosystem, name, version, isDirect: true, isDevelopment: false };
}

function entry(fields: Partial<AdvisoryEntry>): AdvisoryEntry {
  return {
    id: 'GHSA-1',
    aliases: [],
    summary: 'Something',
    ecosystem: 'npm',
    name: 'a',
    spans: [],
    versions: [],
    score: null,
    severity: null,
    ...fields,
  };
}

const data = (...entries: AdvisoryEntry[]): AdvisoryData =>
  AdvisoryData.parse({ format: 1, date: '2026-01-01', source: 'test', entries });

const matches = (row: DependencyFact, ...entries: AdvisoryEntry[]) => matchAdvisories([row], data(...entries)).matches;

describe('a version', () => {
  const spans = [
    { introduced: '0', fixed: '1.2.0' },
    { introduced: '2.0.0', fixed: '2.1.0' },
    { introduced: '3.0.0', lastAffected: '3.0.5' },
  ];

  test.each([
    ['0.0.1', '1.2.0'],
    ['1.2.0-rc.1', '1.2.0'],
    ['1.2.0', undefined],
    ['2.0.9', '2.1.0'],
    ['2.1.0', undefined],
    ['3.0.5', null],
    ['3.0.6', undefined],
    ['main', undefined],
  ])('%s is affected until %s', (version, fixedIn) => {
    expect(matches(dependency('npm', 'a', version), entry({ spans }))[0]?.fixedIn).toBe(fixedIn);
  });

  test('is affected where it is listed, and where nothing ends', () => {
    expect(matches(dependency('npm', 'a', '1.0.0'), entry({ versions: ['1.0.0'], spans }))).toHaveLength(1);
    expect(matches(dependency('npm', 'a', '9.0.0'), entry({ versions: ['9.0.0'] }))).toHaveLength(1);
    expect(matches(dependency('npm', 'a', '9.0.0'), entry({ spans: [{ introduced: '0' }] }))).toHaveLength(1);
  });
});

test('names are compared as each registry does', () => {
  const spans = [{ introduced: '0', fixed: '2' }];

  expect(
    matches(dependency('python', 'flask-login', '1'), entry({ ecosystem: 'PyPI', name: 'Flask_Login', spans })),
  ).toHaveLength(1);
  expect(
    matches(dependency('nuget', 'Serilog', '1.0.0'), entry({ ecosystem: 'NuGet', name: 'serilog', spans })),
  ).toHaveLength(1);
  expect(matches(dependency('gradle', 'g:a', '1.0'), entry({ ecosystem: 'Maven', name: 'g:a', spans }))).toHaveLength(
    1,
  );
  expect(
    matches(dependency('go', 'x.org/a', 'v1.9.0+incompatible'), entry({ ecosystem: 'Go', name: 'x.org/a', spans })),
  ).toHaveLength(1);
  expect(matches(dependency('npm', 'A', '1.0.0'), entry({ spans }))).toEqual([]);
  expect(matches(dependency('cargo', 'a', '1.0.0'), entry({ spans }))).toEqual([]);
});

test('several names of one vulnerability are one, told by who gives a score', () => {
  const spans = [{ introduced: '0', fixed: '2.0' }];
  const found = matches(
    dependency('python', 'a', '1'),
    entry({ ecosystem: 'PyPI', id: 'PYSEC-1', aliases: ['CVE-1'], spans }),
    entry({ ecosystem: 'PyPI', id: 'GHSA-1', aliases: ['CVE-1'], spans, score: 9.8 }),
    entry({ ecosystem: 'PyPI', id: 'GHSA-2', spans, severity: 'low' }),
  );

  expect(found).toMatchObject([
    { id: 'GHSA-1', aliases: ['CVE-1', 'PYSEC-1'], score: 9.8, severity: 'critical', fixedIn: '2.0' },
    { id: 'GHSA-2', aliases: [], score: null, severity: 'low' },
  ]);
});

test('the version to move to mends all that can be mended', () => {
  const found = matches(
    dependency('npm', 'a', '1.0.0'),
    entry({ id: 'A', spans: [{ introduced: '0', fixed: '1.9.0' }] }),
    entry({ id: 'B', spans: [{ introduced: '0', fixed: '1.10.0' }] }),
    entry({ id: 'C', spans: [{ introduced: '0' }] }),
  );

  expect(found.map(({ id, fixedIn, upgradeTo }) => [id, fixedIn, upgradeTo])).toEqual([
    ['A', '1.9.0', '1.10.0'],
    ['B', '1.10.0', '1.10.0'],
    ['C', null, '1.10.0'],
  ]);
});

test('what nobody rates is of medium severity', () => {
  expect(matches(dependency('npm', 'a', '1.0.0'), entry({ versions: ['1.0.0'] }))[0]?.severity).toBe('medium');
});
