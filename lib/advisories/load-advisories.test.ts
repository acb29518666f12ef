import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '@/tests/support/git-remote';
import { AdvisoryData } from './advisory-data';
import { loadAdvisories } from './load-advisories';
import { readOsv } from './read-osv';

const OSV = {
  schema_version: '1.6.0',
  id: 'GHSA-35jh-r3h4-6jhm',
  modified: '2024-04-17T18:39:19.000Z',
  published: '2021-05-06T16:05:51Z',
  aliases: ['CVE-2021-23337'],
  summary: 'Command Injection in lodash',
  severity: [
    { type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H' },
    { type: 'CVSS_V4', score: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N' },
  ],
  database_specific: { severity: 'HIGH', cwe_ids: ['CWE-77'] },
  affected: [
    {
      package: { ecosystem: 'npm', name: 'lodash', purl: 'pkg:npm/lodash' },
      ranges: [
        { type: 'SEMVER', events: [{ fixed: '4.17.21' }, { introduced: '0' }] },
        { type: 'GIT', repo: 'https://x', events: [{ introduced: 'abc' }] },
      ],
      versions: ['4.17.20'],
    },
    { package: { ecosystem: 'Debian:12', name: 'lodash' }, versions: ['1'] },
    { ranges: [] },
  ],
};

test('an OSV advisory becomes one entry a package whose versions can be compared', () => {
  expect(readOsv(JSON.stringify(OSV))).toEqual({
    modified: '2024-04-17',
    entries: [
      {
        id: 'GHSA-35jh-r3h4-6jhm',
        aliases: ['CVE-2021-23337'],
        summary: 'Command Injection in lodash',
        ecosystem: 'npm',
        name: 'lodash',
        spans: [{ introduced: '0', fixed: '4.17.21' }],
        versions: ['4.17.20'],
        score: 7.2,
        severity: 'high',
      },
    ],
  });
});

test('several starts and ends of a range are told apart; malicious packages are critical', () => {
  const events = [
    { introduced: '1.0.0' },
    { fixed: '1.0.3' },
    { introduced: '2.0.0' },
    { last_affected: '2.1.0' },
    { introduced: '3.0.0' },
  ];
  const affected = [{ package: { ecosystem: 'npm', name: 'a' }, ranges: [{ type: 'SEMVER', events }] }];

  expect(readOsv(JSON.stringify({ id: 'MAL-2024-1', affected }))?.entries).toMatchObject([
    {
      summary: 'MAL-2024-1',
      severity: 'critical',
      spans: [
        { introduced: '1.0.0', fixed: '1.0.3' },
        { introduced: '2.0.0', lastAffected: '2.1.0' },
        { introduced: '3.0.0' },
      ],
    },
  ]);
});

test('versions after the last that is known to be affected are not', () => {
  const ranges = [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }];
  const known = (range: unknown) =>
    readOsv(
      JSON.stringify({
        id: 'A',
        affected: [
          {
            package: { ecosystem: 'PyPI', name: 'a' },
            ranges,
            database_specific: { last_known_affected_version_range: range },
          },
        ],
      }),
    )?.entries[0]?.spans;

  expect(known('<= 1.2')).toEqual([{ introduced: '0', lastAffected: '1.2' }]);
  expect(known('< 1.2')).toEqual([{ introduced: '0', fixed: '1.2' }]);
  expect(known(7)).toEqual([{ introduced: '0' }]);
});

test('a time of zero is none', () => {
  expect(readOsv(JSON.stringify({ ...OSV, modified: '0001-01-01T00:00:00Z' }))?.modified).toBe('2021-05-06');
  expect(readOsv(JSON.stringify({ id: 'GO-2026-5024', modified: '0001-01-01T00:00:00Z' }))?.modified).toBe(
    '2026-01-01',
  );
  expect(readOsv(JSON.stringify({ id: 'A', modified: '2024-13-41T00:00:00Z' }))?.modified).toBeNull();
});

test('withdrawn advisories have no entries, other files are none', () => {
  expect(readOsv(JSON.stringify({ ...OSV, withdrawn: '2024-01-01T00:00:00Z' }))?.entries).toEqual([]);
  expect([readOsv('{'), readOsv('[]'), readOsv('{"id": 1}')]).toEqual([null, null, null]);
});

test('no text makes the reader throw, and all entries are of the form of the data', () => {
  fc.assert(
    fc.property(fc.json(), fc.jsonValue(), (text, value) => {
      readOsv(text);
      const reading = readOsv(JSON.stringify({ ...OSV, affected: [{ ...OSV.affected[0], versions: [value] }, value] }));
      if (reading) AdvisoryData.parse({ format: 1, date: '2026-01-01', source: 'x', entries: reading.entries });
    }),
    { numRuns: 300 },
  );
});

test('a directory of OSV files and the data file made of it are the same data', async () => {
  await using work = await temporaryDirectory();
  await mkdir(join(work.path, 'npm', 'deep'), { recursive: true });
  await writeFile(join(work.path, 'npm', 'deep', 'a.json'), JSON.stringify(OSV));
  await writeFile(
    join(work.path, 'npm', 'b.json'),
    JSON.stringify({ ...OSV, id: 'A', modified: '2025-02-03T00:00:00Z' }),
  );
  await writeFile(join(work.path, 'npm', 'broken.json'), '{');

  const data = await loadAdvisories(join(work.path, 'npm'));
  await writeFile(join(work.path, 'data.json'), JSON.stringify(data));

  expect(data).toMatchObject({ date: '2025-02-03', source: 'OSV: npm', entries: [{ id: 'A' }, { id: OSV.id }] });
  expect(await loadAdvisories(join(work.path, 'data.json'))).toEqual(data);
});

test.each(['nowhere', 'empty', 'other.json'])('%s is no advisory data', async (name) => {
  await using work = await temporaryDirectory();
  await mkdir(join(work.path, 'empty'));
  await writeFile(join(work.path, 'other.json'), '{"format": 2}');

  await expect(loadAdvisories(join(work.path, name))).rejects.toMatchObject({ code: 'unprocessable' });
});
