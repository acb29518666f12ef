import { expect, test } from 'vitest';
import { makeRepository, temporaryDirectory } from '@/tests/support/git-remote';
import { changedLines } from './changed-lines';
import { openGitDir } from './open-local';
import { resolveCommit } from './read-tree';

const BODY = Array.from({ length: 40 }, (_, at) => `line ${at}`);
const text = (lines: readonly string[]) => `${lines.join('\n')}\n`;

test('tells the lines that a commit adds or changes, where they are now', async () => {
  await using directory = await temporaryDirectory();
  const gitDir = await makeRepository(`${directory.path}/r.git`, {
    commits: [
      {
        message: 'feat: one',
        files: { 'a.ts': text(BODY), 'gone.ts': text(BODY), 'old.ts': text(BODY.map((line) => `${line}!`)) },
      },
      {
        message: 'feat: two',
        files: {
          'a.ts': text(['first', ...BODY.slice(0, 10), 'changed', '++ b/x.ts', ...BODY.slice(12)]),
          'gone.ts': null,
          'old.ts': null,
          'new name.ts': text([...BODY.map((line) => `${line}!`), 'last']),
          'sch\u00f6n "x".ts': 'one\n',
        },
      },
    ],
  });
  const repository = await openGitDir(gitDir);
  const [from, to] = await Promise.all(['main~1', 'main'].map((ref) => resolveCommit(repository, ref)));

  expect(await changedLines(repository, { from: from ?? '', to: to ?? '' })).toEqual({
    'a.ts': [
      [1, 1],
      [12, 13],
    ],
    'new name.ts': [[41, 41]],
    'sch\u00f6n "x".ts': [[1, 1]],
  });
  expect(await changedLines(repository, { from: to ?? '', to: to ?? '' })).toEqual({});
});
