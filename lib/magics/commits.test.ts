import { describe, expect, test } from 'vitest';
import {
  automationOf,
  hasReviewMark,
  isAppliedByAnother,
  isBreaking,
  isBugFix,
  isPullMerge,
  isRelease,
  isRevert,
  isRewritten,
  parseConventional,
  percent,
  revertedId,
} from './commits';

const message = (subject: string, body = '') => ({ subject, body });

describe('parseConventional', () => {
  test('reads type, scope, breaking mark and description', () => {
    expect(parseConventional('feat(api)!: drop v1')).toEqual({
      type: 'feat',
      scope: 'api',
      isBreaking: true,
      description: 'drop v1',
    });
  });

  test.each(['Add a parser', 'feat:missing space', 'net/http: fix', 'http://example.org: down', ': empty'])(
    'refuses %s',
    (subject) => {
      expect(parseConventional(subject)).toBeNull();
    },
  );

  test('reads descriptions in Japanese', () => {
    expect(parseConventional('fix: 二重送信を防ぐ')?.description).toBe('二重送信を防ぐ');
  });
});

describe('isBugFix', () => {
  test.each([
    'fix: close the socket',
    'fix(parser)!: keep offsets',
    'Fix crash on empty input',
    'Fixes #12: wrong total',
    'hotfix: login',
    '二重登録の不具合を修正',
  ])('takes %s as a fix', (subject) => {
    expect(isBugFix(message(subject))).toBe(true);
  });

  test.each([
    'fix(deps): update dependency lodash',
    'fix: typo',
    'Fix typo in README',
    'docs: fix wrong example',
    'Fix clippy warnings',
    'Fixing capitalisation',
    'test: fix flaky test',
    'Add fixture',
    'Prefix every line',
    'Revert "fix: close the socket"',
    '誤字を修正',
  ])('does not take %s as a fix', (subject) => {
    expect(isBugFix(message(subject))).toBe(false);
  });
});

describe('reverts', () => {
  test('are told by subject or by the line Git writes', () => {
    expect(isRevert(message('Revert "feat: x"'))).toBe(true);
    expect(isRevert(message('Back out x', 'This reverts commit 0123456789abcdef.'))).toBe(true);
    expect(isRevert(message('revert(core): x'))).toBe(true);
    expect(isRevert(message('Reverting lists keeps order'))).toBe(false);
    expect(isRevert(message('Add revert button'))).toBe(false);
  });

  test('name the commit they take back', () => {
    expect(revertedId(message('Revert "x"', 'This reverts commit 0123456789ABCDEF.'))).toBe('0123456789abcdef');
    expect(revertedId(message('Revert "x"'))).toBeNull();
  });

  test('are not what one commit of a squashed request took back of another', () => {
    const squashed = message(
      'Add types (#9)',
      '* Add types\n\n* Revert "Fix"\n\nThis reverts commit 0123456789abcdef.',
    );

    expect(isRevert(squashed)).toBe(false);
    expect(revertedId(squashed)).toBeNull();
    expect(isRevert(message('Take x back (#9)', 'It broke:\n\nThis reverts commit 0123456789abcdef.'))).toBe(true);
  });
});

describe('hasReviewMark', () => {
  test.each([
    ['feat: x (#12)', ''],
    ['feat: x (!12)', ''],
    ['Merge pull request #3 from a/b', ''],
    ['Merged in feature (pull request #7)', ''],
    ['Merged PR 81: x', ''],
    ["Merge branch 'x' into 'main'", 'Add x\n\nSee merge request group/app!14'],
    ['net: x', 'Change-Id: I0123\nReviewed-on: https://go-review.example/c/1'],
    ['x', 'Reviewed-by: A <a@example.org>'],
  ])('finds a mark in %s', (subject, body) => {
    expect(hasReviewMark(message(subject, body))).toBe(true);
  });

  test.each(['feat: x', 'Fix #12', 'Closes #12 and more', 'Update to (#version)'])('finds none in %s', (subject) => {
    expect(hasReviewMark(message(subject))).toBe(false);
  });
});

test('a pull merge brings the shared branch up to date, a topic merge does not', () => {
  const parents = ['a', 'b'];

  expect(isPullMerge({ subject: "Merge branch 'main' of github.com:a/b", parents })).toBe(true);
  expect(isPullMerge({ subject: "Merge branch 'main' of https://example.org/a/b", parents })).toBe(true);
  expect(isPullMerge({ subject: "Merge remote-tracking branch 'origin/main'", parents })).toBe(true);
  expect(isPullMerge({ subject: "Merge branch 'dates' of github.com:a/b into dates", parents })).toBe(true);
  expect(isPullMerge({ subject: "Merge branch 'topic'", parents })).toBe(false);
  expect(isPullMerge({ subject: "Merge remote-tracking branch 'ada/main'", parents })).toBe(false);
  expect(isPullMerge({ subject: "Merge remote-tracking branch 'origin/dates'", parents })).toBe(false);
  expect(isPullMerge({ subject: "Merge branch 'dates' of github.com:a/b into main", parents })).toBe(false);
});

test('a forge is not another person', () => {
  expect(isAppliedByAnother({ author: 'a@x.org', committer: 'b@x.org' })).toBe(true);
  expect(isAppliedByAnother({ author: 'a@x.org', committer: 'noreply@github.com' })).toBe(false);
  expect(isAppliedByAnother({ author: 'a@x.org', committer: 'a@x.org' })).toBe(false);
});

test.each([
  'v1.2.3',
  '3.5.0-beta.1',
  'release: v3.4.0',
  'chore(release): 1.0.0',
  'Bump version to 2.0',
  'update version to 1.7.12 in download.bash',
  'Brew formula update for pay version v1.6.25',
  '🔖 Release version 0.115.0',
  'Release 1.2',
  'releaser: Bump versions for release of 0.160.1',
  'releaser: Prepare repository for 0.164.0-DEV',
  'Update to 2.5.1',
])('%s is the release routine', (subject) => {
  expect(isRelease({ subject })).toBe(true);
});

test.each([
  'Release the lock before waiting',
  'Add 1.2 support',
  'release notes in Japanese',
  'version the API',
  'update version parsing',
  'Update to the new parser',
])('%s is not the release routine', (subject) => {
  expect(isRelease({ subject })).toBe(false);
});

test('a breaking change is marked in the subject or a footer', () => {
  expect(isBreaking(message('feat!: x'))).toBe(true);
  expect(isBreaking(message('feat: x', 'BREAKING CHANGE: y is gone'))).toBe(true);
  expect(isBreaking(message('feat: x', 'no BREAKING CHANGE: here'))).toBe(false);
});

describe('automationOf', () => {
  const person = { isBot: false, author: 'a@example.org', authorName: 'Ada', trailers: [], body: '' };

  test('tells bots, agents and people apart', () => {
    expect(automationOf(person)).toBeNull();
    expect(automationOf({ ...person, isBot: true, authorName: 'renovate[bot]' })).toBe('bot');
    expect(automationOf({ ...person, isBot: true, authorName: 'Copilot' })).toBe('agent');
    expect(
      automationOf({ ...person, trailers: [{ key: 'Co-Authored-By', value: 'Claude <noreply@anthropic.com>' }] }),
    ).toBe('agent');
    expect(
      automationOf({ ...person, trailers: [{ key: 'Co-authored-by', value: 'Bob <bob@example.org>' }] }),
    ).toBeNull();
    expect(automationOf({ ...person, authorName: 'Ada (aider)' })).toBe('agent');
  });

  test('leaves a person alone whose name holds a tool name', () => {
    expect(automationOf({ ...person, authorName: 'Claude Monet' })).toBeNull();
    expect(
      automationOf({ ...person, trailers: [{ key: 'Co-authored-by', value: 'Claude Monet <c.monet@example.org>' }] }),
    ).toBeNull();
  });
});

test('percent gives whole numbers', () => {
  expect(percent(1, 3)).toBe(33);
  expect(percent(0, 0)).toBe(0);
});

test('a commit put on the branch long after it was written was rewritten', () => {
  expect(isRewritten({ authoredAt: 1_000, committedAt: 9_000 })).toBe(true);
  expect(isRewritten({ authoredAt: 1_000, committedAt: 1_030 })).toBe(false);
});
