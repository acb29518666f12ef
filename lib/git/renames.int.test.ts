import { expect, test } from 'vitest';
import { logger } from '@/lib/logger';
import { localRepository } from '@/tests/support/local-repository';
import { openGitDir } from './open-local';
import { findRenames, parseRenames } from './renames';
import { runGit } from './run-git';

const LINES = Array.from({ length: 20 }, (_, at) => `const value${at} = ${at};\n`);
const options = { signal: new AbortController().signal, log: logger() };

test('finds files that moved, also with some of their lines changed, and none that were copied or made', async () => {
  const path = 'src/新しい 名前.ts';
  await using repository = await localRepository({
    commits: [
      {
        message: 'feat: begin',
        files: { 'src/a.ts': LINES.join(''), 'src/b.ts': 'export {};\n', 'src/c.ts': LINES[0] ?? '' },
      },
      {
        message: 'refactor: move',
        files: { 'src/a.ts': null, [path]: [...LINES.slice(4), 'last();\n'].join(''), 'src/copy.ts': 'export {};\n' },
      },
    ],
  });
  const first = (await runGit(['rev-parse', 'main~1'], { gitDir: repository.path })).toString().trim();

  const renames = await findRenames(await openGitDir(repository.path), { from: first, to: repository.head }, options);

  expect(renames).toEqual([['src/a.ts', path]]);
});

test('a commit that is gone or the same has moved nothing', async () => {
  await using repository = await localRepository({ files: { 'a.ts': 'export {};\n' } });
  const git = await openGitDir(repository.path);
  const to = repository.head;

  expect(await findRenames(git, { from: 'f'.repeat(40), to }, options)).toEqual([]);
  expect(await findRenames(git, { from: to, to }, options)).toEqual([]);
  expect(await findRenames(git, { from: '--output=x', to }, options)).toEqual([]);
});

test('what is cut off is left out', () => {
  expect(parseRenames('R100\0a\0b\0R090\0c\0')).toEqual([['a', 'b']]);
});
