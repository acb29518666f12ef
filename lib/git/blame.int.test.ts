import { existsSync } from 'node:fs';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { localRepository } from '@/tests/support/local-repository';
import { blame } from './blame';
import { openGitDir } from './open-local';

test('runs no program that the repository’s own configuration and attributes name', async () => {
  await using repository = await localRepository({ files: { 'src/a.py': 'print(1)\n' } });
  const canary = path.join(repository.path, 'canary');
  const program = `sh -c 'touch ${canary}; cat'`;
  await appendFile(
    path.join(repository.path, 'config'),
    `[diff "evil"]\n\ttextconv = "${program}"\n[filter "evil"]\n\tprocess = "${program}"\n\tsmudge = "${program}"\n\tclean = "${program}"\n`,
  );
  await mkdir(path.join(repository.path, 'info'), { recursive: true });
  await writeFile(path.join(repository.path, 'info', 'attributes'), '* diff=evil filter=evil\n');

  const lines = await blame(await openGitDir(repository.path), {
    commit: repository.head,
    path: 'src/a.py',
    startLine: 1,
    endLine: 1,
  });

  expect(lines).toMatchObject([{ line: 1, commit: repository.head }]);
  expect(existsSync(canary)).toBe(false);
});
