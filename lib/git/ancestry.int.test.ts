import { expect, test } from 'vitest';
import { localRepository } from '@/tests/support/local-repository';
import { areInLine } from './ancestry';
import { openGitDir } from './open-local';
import { runGit } from './run-git';

test('tells commits of one line from those of two, and from one that is gone', async () => {
  await using fixture = await localRepository({
    commits: [
      { message: 'Begin', files: { 'a.ts': 'export const a = 1;\n' } },
      { message: 'Old way', files: { 'a.ts': 'export const a = 2;\n' } },
      { message: 'New way', files: { 'a.ts': 'export const a = 3;\n' }, parent: 0 },
    ],
  });
  const repository = await openGitDir(fixture.path);
  const idOf = async (index: number) =>
    (await runGit(['rev-parse', `refs/sketch/${index}`], { gitDir: fixture.path })).toString().trim();
  const [first, old, fresh] = [await idOf(0), await idOf(1), await idOf(2)];

  expect(await areInLine(repository, first, fresh)).toBe(true);
  expect(await areInLine(repository, fresh, first)).toBe(true);
  expect(await areInLine(repository, fresh, fresh)).toBe(true);
  expect(await areInLine(repository, old, fresh)).toBe(false);
  expect(await areInLine(repository, 'a'.repeat(40), fresh)).toBeNull();
});
