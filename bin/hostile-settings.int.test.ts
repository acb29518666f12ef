import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { runGit } from '@/lib/git/run-git';
import { makeRepository, temporaryDirectory } from '@/tests/support/git-remote';
import { plantPrograms } from '@/tests/support/hostile-settings';

const run = promisify(execFile);

test('elder audit gives the same result for a repository whose settings name programs, and runs none of them', async () => {
  await using work = await temporaryDirectory();
  const honest = await makeRepository(join(work.path, 'honest.git'), {
    files: { 'src/pay.ts': 'open();\n// FIXME: charge the card\n', 'README.md': '# Demo\n' },
  });
  const hostile = join(work.path, 'hostile');
  const canary = join(work.path, 'canary');
  await runGit(['clone', '--quiet', '--', honest, hostile], { protocols: ['file'] });
  await plantPrograms(join(hostile, '.git'), canary);
  const elder = ['--import', 'tsx', 'bin/elder.ts', 'audit', '--format', 'json', '--fail-under', '0'];

  const [expected, got] = await Promise.all([honest, hostile].map((path) => run(process.execPath, [...elder, path])));

  const report = JSON.parse(got?.stdout ?? '');
  expect(got?.stderr).toBe('');
  expect(report).toMatchObject({ project: 'hostile', resultHash: JSON.parse(expected?.stdout ?? '').resultHash });
  expect(existsSync(canary)).toBe(false);
});
