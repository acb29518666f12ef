import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cpuTimeMs } from '@/tests/support/cpu-time';
import { readCobertura } from './cobertura';
import { readGoProfile } from './go-profile';
import { readJacoco } from './jacoco';
import { readLcov } from './lcov';
import { isCoverageReport, readCoverage } from './read-coverage';
import type { FileCoverage } from './report-line';

const LCOV = 'TN:\nSF:/home/ci/shop/src/pay.ts\nDA:1,2\nDA:2,0\nDA:3,1,checksum\nLF:3\nLH:2\nend_of_record\n';
const GO = 'mode: set\nexample.com/shop/pay.go:1.2,3.4 2 1\nexample.com/shop/pay.go:5.2,5.9 1 0\n';
const COBERTURA =
  '<?xml version="1.0"?><!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd"><coverage><packages><package name="shop"><classes><class filename="shop/pay.py"><lines><line number="1" hits="1"/><line number="2" hits="0"/></lines></class></classes></package></packages></coverage>';
const JACOCO =
  '<report name="shop"><group name="a"><package name="com/shop"><sourcefile name="Pay.java"><line nr="3" mi="0" ci="2"/><line nr="4" mi="2" ci="0"/></sourcefile></package></group></report>';

const PARSERS = { lcov: readLcov, go: readGoProfile, cobertura: readCobertura, jacoco: readJacoco };

test.each([
  ['lcov', LCOV, [{ path: '/home/ci/shop/src/pay.ts', lines: 3, hit: 2, hitLines: [1, 1, 3, 3], missedLines: [2, 2] }]],
  ['go', GO, [{ path: 'example.com/shop/pay.go', lines: 4, hit: 3, hitLines: [1, 3], missedLines: [5, 5] }]],
  ['cobertura', COBERTURA, [{ path: 'shop/pay.py', lines: 2, hit: 1, hitLines: [1, 1], missedLines: [2, 2] }]],
  ['jacoco', JACOCO, [{ path: 'com/shop/Pay.java', lines: 2, hit: 1, hitLines: [3, 3], missedLines: [4, 4] }]],
] as const)('reads %s', (format, text, files) => {
  expect(PARSERS[format](text)).toEqual(files);
});

test('a line named twice counts once, as hit when it ever was', () => {
  expect(readLcov('SF:a.ts\nDA:1,0\nDA:1,3\nDA:1,0\nend_of_record\n')).toEqual([
    { path: 'a.ts', lines: 1, hit: 1, hitLines: [1, 1], missedLines: [] },
  ]);
});

test('blocks that name the same lines again and again take no time without an end', () => {
  const row = (at: number) => `a.go:1.${at},5001.1 1 1\n`;
  const text = `mode: set\n${Array.from({ length: 60_000 }, (_, at) => row(at)).join('')}`;
  const start = cpuTimeMs();
  const facts = readCoverage(
    Array.from({ length: 5 }, (_, at) => ({ path: `${at}/cover.out`, text })),
    new Set(['a.go']),
  );

  expect(facts[0]).toMatchObject({ path: 'a.go', lines: 5_001 });
  expect(cpuTimeMs() - start).toBeLessThan(10_000);
});

test('a report of more tags or deeper than any is not parsed', () => {
  expect(readCobertura(`<coverage>${'<a>'.repeat(200)}${COBERTURA}`)).toEqual([]);
  expect(readCobertura(`${COBERTURA}${'<a/>'.repeat(1_000_001)}`)).toEqual([]);
  expect(readCobertura(`${COBERTURA}${'<'.repeat(100_000)}`)).toEqual([]);
});

test('entities of a report are not expanded', () => {
  const bomb = `<!DOCTYPE a [<!ENTITY x "pay"><!ENTITY y "&x;&x;">]>${COBERTURA.slice(COBERTURA.indexOf('<coverage>')).replace('shop/pay.py', '&y;.py')}`;

  expect(readCobertura(bomb).every(({ path }) => !path.includes('pay'))).toBe(true);
});

test('paths of a report are those of the tree', () => {
  const paths = new Set(['src/pay.ts', 'pay.go', 'app/src/main/java/com/shop/Pay.java', 'src/shop/pay.py']);
  const texts = [LCOV, GO, JACOCO, COBERTURA].map((text, at) => ({ path: `coverage/${at}`, text }));

  expect(readCoverage(texts, paths).map(({ path, format, hit }) => [path, format, hit])).toEqual([
    ['src/pay.ts', 'lcov', 2],
    ['pay.go', 'go', 3],
    ['app/src/main/java/com/shop/Pay.java', 'jacoco', 1],
    ['src/shop/pay.py', 'cobertura', 1],
  ]);
});

test('a file that two of the tree may be is left out', () => {
  const paths = new Set(['a/pay.ts', 'b/pay.ts']);

  expect(readCoverage([{ path: 'lcov.info', text: 'SF:pay.ts\nDA:1,1\nend_of_record\n' }], paths)).toEqual([]);
});

test.each([
  ['a library of the machine', '/usr/lib/python3/utils.py', 'src/utils.py'],
  ['a way out of the tree', '../../etc/pay.ts', 'src/pay.ts'],
])('a path of %s names no file of the tree', (_, written, path) => {
  const text = `SF:${written}\nDA:1,1\nend_of_record\n`;

  expect(readCoverage([{ path: 'lcov.info', text }], new Set([path]))).toEqual([]);
});

test('reports among tests are no reports of the project', () => {
  expect(['coverage/lcov.info', 'target/site/jacoco/jacoco.xml', 'tests/data/lcov.info'].map(isCoverageReport)).toEqual(
    [true, true, false],
  );
});

const hasSense = (files: readonly FileCoverage[]): boolean =>
  files.every(({ path, lines, hit }) => path !== '' && lines > 0 && hit >= 0 && hit <= lines);

/** A report with a part of it replaced: closer to what a broken tool writes than noise is. */
const damaged = (text: string) =>
  fc
    .tuple(
      fc.nat(text.length),
      fc.nat(20),
      fc.oneof(fc.string(), fc.constantFrom('<', '&x;', '"', '\n', ',', ':', '-1', '1e9')),
    )
    .map(([at, length, other]) => text.slice(0, at) + other + text.slice(at + length));

describe.each(Object.entries({ lcov: LCOV, go: GO, cobertura: COBERTURA, jacoco: JACOCO }))('%s', (format, text) => {
  test('gives possible counts for any text', () => {
    const read = PARSERS[format as keyof typeof PARSERS];

    fc.assert(fc.property(fc.oneof(fc.string(), damaged(text)), (report) => hasSense(read(report))));
  });
});
