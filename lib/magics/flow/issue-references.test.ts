import { describe, expect, test } from 'vitest';
import { referenceReader } from './issue-references';

const message = (subject: string, body = '', trailers: { key: string; value: string }[] = [], path = 'src/a.ts') => ({
  subject,
  body,
  trailers,
  files: [{ path, status: 'M' as const, added: 1, deleted: 1, isCodeChanged: null }],
});
const read = (commit: ReturnType<typeof message>) => referenceReader([commit])(commit);

describe('referenceReader', () => {
  test.each([
    ['Fix offsets, closes #12', ''],
    ['Fix offsets', 'Part of pallets/click#2400.'],
    ['KAFKA-17001: keep the leader epoch', ''],
    ['fix(ui): [SHOP-12] totals', ''],
    ['bpo-4123: fix a leak', ''],
    ['Fix a leak', 'See https://gitlab.example.org/a/b/-/issues/4 for the plan.'],
    ['Follow ADR 7 in the reader', ''],
    ['Reject long names (CVE-2024-12345)', ''],
    ['チケット 42 の対応', ''],
    ['fix: parse (close #1) (#2)', ''],
  ])('%s leads to an issue', (subject, body) => {
    expect(read(message(subject, body))).toBe('issue');
  });

  test.each([
    ['Add a parser (#3)', ''],
    ['Merge pull request #4 from ada/dates', ''],
    ["Merge branch 'dates' into 'main'", 'See merge request team/app!5'],
  ])('%s leads to a request', (subject, body) => {
    expect(read(message(subject, body))).toBe('request');
  });

  test.each([
    ['Read UTF-8 and SHA-256', ''],
    ['Support ISO-8859 names', 'AES-128 stays.'],
    ['Tidy up', 'Step 1 of 3'],
    ['日付の処理を直す', ''],
  ])('%s leads nowhere', (subject, body) => {
    expect(read(message(subject, body))).toBe('none');
  });

  test('learns keys from several messages', () => {
    const commits = ['Use OPS-1', 'Use OPS-2', 'Then OPS-3'].map((subject) => message(subject));
    const readAll = referenceReader(commits);

    expect(commits.map(readAll)).toEqual(['issue', 'issue', 'issue']);
    expect(read(message('Draw with OPS-1'))).toBe('none');
  });

  test('takes a change of a decision record for a reference', () => {
    expect(read(message('Decide on storage', '', [], 'docs/decisions/0004-storage.md'))).toBe('issue');
  });

  test('reads trailers', () => {
    expect(read(message('net: dial', 'x', [{ key: 'Reviewed-on', value: 'https://go-review.example.org/1' }]))).toBe(
      'request',
    );
  });
});
