import { expect, test } from 'vitest';
import type { LanguageId } from '@/lib/magics/facts/code';
import type { BlobTest } from '../blob-facts';
import { skippedBlob } from '../collect-blob';
import { createTestRows } from './assertion-helpers';

const aTest = (calls: string[], assertions = 0): BlobTest => ({
  line: 1,
  endLine: 3,
  name: 'works',
  framework: 'vitest',
  isEmpty: false,
  assertions,
  isSkipped: false,
  skipReason: null,
  isFocused: false,
  sleepLines: [],
  bodyLines: 1,
  bareAssertions: 0,
  mocks: 0,
  mockChecks: 0,
  notNullChecks: 0,
  snapshotChecks: 0,
  prints: 0,
  calls,
});
const file = (path: string, language: LanguageId, helpers: Record<string, number>, tests: BlobTest[] = []) => ({
  path,
  role: 'test' as const,
  facts: {
    ...skippedBlob(null),
    fingerprints: '',
    language,
    tests,
    assertionHelpers: Object.entries(helpers).map(([name, assertions]) => ({ name, assertions })),
  },
});

function addHelperAssertions(files: readonly ReturnType<typeof file>[]) {
  const rows = createTestRows();
  for (const { path, role, facts } of files) rows.add(path, role, facts);
  return rows.finish();
}

test('adds the assertions of helpers called by name, in related languages only', () => {
  const rows = addHelperAssertions([
    file('a.test.ts', 'typescript', {}, [aTest(['expectOk', 'support.expectUser', 'unknown'], 1)]),
    file('helpers.js', 'javascript', { expectOk: 2, expectUser: 3 }),
    file('helpers.py', 'python', { unknown: 9 }),
  ]);

  expect(rows.map(({ assertions }) => assertions)).toEqual([6]);
  expect(rows[0]?.calls).toEqual([]);
});

test('of helpers that share a name the one that asserts least counts', () => {
  const rows = addHelperAssertions([
    file('a.test.ts', 'typescript', { check: 5 }, [aTest(['check'])]),
    file('b.ts', 'typescript', { check: 1 }),
  ]);

  expect(rows[0]?.assertions).toBe(1);
});

test('a test that asserts nothing keeps the names it calls', () => {
  const rows = addHelperAssertions([
    file('a.test.ts', 'typescript', {}, [aTest(['checkScreen', 'open']), aTest(['check'], 1)]),
  ]);

  expect(rows.map(({ calls }) => calls)).toEqual([['checkScreen', 'open'], []]);
});
