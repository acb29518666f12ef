import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readRepositorySettings, readSettings } from './repository-settings';

const problemsOf = (text: string) => readSettings(text).problems.map(({ id, line, data }) => ({ id, line, ...data }));

test('the example of the documentation is valid', () => {
  const [, example = ''] = /```yaml\n(.*?)```/s.exec(readFileSync('docs/configuration.md', 'utf8')) ?? [];

  expect(problemsOf(example)).toEqual([]);
  expect(readSettings(example).suppressions).toHaveLength(1);
});

const FULL = `version: 1
ignorePaths:
  - legacy/**
rules:
  integrity/no-unfinished-code:
    options:
      terms: [STOPSHIP]
suppressions:
  - rule: integrity/no-stub
    path: src/plugin/**
    reason: the host fills it in
    expires: 2026-12-31
  - { rule: git/no-huge-commit, reason: 生成したコード, expires: 2027-01-31 }
`;

test('reads each part with its line', () => {
  expect(readSettings(FULL)).toEqual({
    path: null,
    ignorePaths: [{ glob: 'legacy/**', line: 3 }],
    options: [{ ruleId: 'integrity/no-unfinished-code', name: 'terms', values: ['STOPSHIP'], line: 7 }],
    suppressions: [
      {
        ruleId: 'integrity/no-stub',
        glob: 'src/plugin/**',
        reason: 'the host fills it in',
        expires: '2026-12-31',
        line: 9,
      },
      { ruleId: 'git/no-huge-commit', glob: null, reason: '生成したコード', expires: '2027-01-31', line: 13 },
    ],
    problems: [],
  });
});

describe('names what is wrong, and where', () => {
  test.each([
    ['version: 1\nignorePath: []\n', { id: 'unknown-key', line: 2, key: 'ignorePath' }],
    ['ignorePaths: []\n', { id: 'missing-key', line: 1, key: 'version' }],
    ['version: 2\n', { id: 'wrong-value', line: 1, key: 'version', expected: '1' }],
    ['version: 1\nignorePaths: legacy\n', { id: 'not-a-list', line: 2, key: 'ignorePaths' }],
    ['version: 1\nignorePaths: [1]\n', { id: 'not-text', line: 2, key: 'ignorePaths #1' }],
    ['version: 1\nrules: [1]\n', { id: 'not-keys', line: 2, key: 'rules' }],
    [
      "version: 1\nignorePaths:\n  - src/**\n  - '../**'\n",
      { id: 'bad-glob', line: 4, key: 'ignorePaths #2', glob: '../**' },
    ],
    ["version: 1\nignorePaths:\n  - '(a+)+$'\n", { id: 'bad-glob', line: 3, key: 'ignorePaths #1', glob: '(a+)+$' }],
    ['version: 1\nrules:\n  strict/no-secret: {}\n', { id: 'no-words', line: 3, rule: 'strict/no-secret' }],
    ['version: 1\nrules:\n  strict/no-such: {}\n', { id: 'unknown-rule', line: 3, rule: 'strict/no-such' }],
    [
      'version: 1\nrules:\n  integrity/no-workaround:\n    isEnabled: false\n    options: {}\n',
      { id: 'unknown-key', line: 4, key: 'rules.integrity/no-workaround.isEnabled' },
    ],
    [
      'version: 1\nrules:\n  integrity/no-workaround:\n    options:\n      good: 9\n',
      { id: 'unknown-key', line: 5, key: 'rules.integrity/no-workaround.options.good' },
    ],
    [
      'version: 1\nsuppressions:\n  - rule: no-such\n    reason: because\n    expires: 2026-01-01\n',
      { id: 'unknown-rule', line: 3, key: 'suppressions #1.rule', rule: 'no-such' },
    ],
    [
      'version: 1\nsuppressions:\n  - rule: integrity/no-stub\n    expires: 2026-01-01\n',
      { id: 'missing-key', line: 3, key: 'suppressions #1.reason' },
    ],
    [
      'version: 1\nsuppressions:\n  - rule: integrity/no-stub\n    reason: "...."\n    expires: 2026-01-01\n',
      { id: 'no-reason', line: 4, key: 'suppressions #1.reason' },
    ],
    [
      'version: 1\nsuppressions:\n  - rule: integrity/no-stub\n    reason: because\n    expires: 2026-02-30\n',
      { id: 'bad-date', line: 5, key: 'suppressions #1.expires', value: '2026-02-30' },
    ],
    [
      'version: 1\nsuppressions:\n  - rule: integrity/no-stub\n    reason: "1"\n    expires: 2026-01-01\n',
      { id: 'too-short', line: 4, key: 'suppressions #1.reason', limit: 3 },
    ],
    ["version: 1\nignorePaths: ['']\n", { id: 'empty', line: 2, key: 'ignorePaths #1' }],
    ['version: 1\nversion: 1\n', { id: 'duplicate-key', line: 2 }],
    ['version: 1\nignorePaths: [a\n', { id: 'bad-indent', line: 3 }],
    ['version: "1\n', { id: 'not-yaml', line: 2, detail: 'MISSING_CHAR' }],
    ['version: 1\nrules:\n\tflow: 1\n', { id: 'tab', line: 3 }],
    ['- a\n', { id: 'not-a-map', line: 1, key: '' }],
    ['', { id: 'not-a-map', line: 1, key: '' }],
  ])('%j', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });
});

describe('refuses what is hostile', () => {
  test.each([
    ['aliases', 'version: 1\nignorePaths: &a [x]\nrules: *a\n', 'reference'],
    [
      'a bomb of aliases',
      `a: &a [x]\n${Array.from({ length: 9 }, (_, at) => `b${at}: &b${at} [*${at ? `b${at - 1}` : 'a'}, *${at ? `b${at - 1}` : 'a'}]`).join('\n')}\n`,
      'reference',
    ],
    ['tags', 'version: !!int 1\n', 'reference'],
    ['unknown tags', 'version: !!python/object:os.system 1\n', 'not-yaml'],
    ['keys that are collections', 'version: 1\n? { a: 1 }\n: 2\n', 'reference'],
    ['a prototype', 'version: 1\n__proto__: { version: 1 }\n', 'unknown-key'],
    ['a prototype as a rule', 'version: 1\nrules:\n  __proto__: { options: {} }\n', 'unknown-rule'],
    ['a number beyond all', 'version: 1e999\n', 'wrong-value'],
    ['a second document', 'version: 1\n---\nversion: 1\n', 'second-document'],
    ['depth', `version: ${'['.repeat(30_000)}`, 'too-deep'],
    ['depth in lines', '- '.repeat(30_000), 'too-deep'],
    ['length', `version: 1\n# ${'x'.repeat(70_000)}\n`, 'too-large'],
    ['many entries', `version: 1\nignorePaths: [${'a,'.repeat(101)}]\n`, 'too-many'],
  ])('%s', (_, text, id) => {
    const { problems, ignorePaths, suppressions } = readSettings(text);

    expect(new Set(problems.map((problem) => problem.id))).toEqual(new Set([id]));
    expect([...ignorePaths, ...suppressions]).toEqual([]);
  });

  test('shows no control character of a file', () => {
    expect(problemsOf('version: 1\n"a\\e[31m\\u0000b": 1\n')).toEqual([
      { id: 'unknown-key', line: 2, key: 'a [31m b' },
    ]);
  });

  test('names at most fifty problems', () => {
    const text = `version: 1\n${Array.from({ length: 80 }, (_, at) => `k${at}: 1\n`).join('')}`;

    expect(problemsOf(text)).toHaveLength(50);
  });
});

describe('which file is read', () => {
  const read = (texts: Record<string, string>, others: string[] = []) =>
    readRepositorySettings(
      Object.entries(texts).map(([path, text]) => ({ path, text })),
      new Set([...Object.keys(texts), ...others]),
    );

  test('none is none', () => {
    expect(read({ 'sub/.elder.yml': 'version: 1\n' })).toMatchObject({ path: null, problems: [] });
  });

  test('either name will do', () => {
    expect(read({ '.elder.yaml': 'version: 1\n' })).toMatchObject({ path: '.elder.yaml', problems: [] });
  });

  test('two files count as none', () => {
    expect(read({ '.elder.yml': FULL, '.elder.yaml': FULL })).toMatchObject({
      path: '.elder.yml',
      suppressions: [],
      problems: [{ id: 'second-file', data: { file: '.elder.yaml' } }],
    });
  });

  test('a link, or what is too large to be read, is told', () => {
    expect(read({}, ['.elder.yml'])).toMatchObject({ path: '.elder.yml', problems: [{ id: 'unreadable' }] });
  });
});
