import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { makeRepository, temporaryDirectory } from '@/tests/support/git-remote';
import { type GitFailure, gitFailures } from './git-failure';
import { runGit } from './run-git';

const run = promisify(execFile);

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a fault of this machine', () => {
  test('is told as Git that is not there', async () => {
    vi.stubEnv('PATH', '/nowhere');

    await expect(runGit(['version'])).rejects.toMatchObject({ code: 'git_missing' });
  });

  test('is told as a process that may open no more files', async () => {
    const program = `import { openSync } from 'node:fs';
      const { runGit } = await import('./lib/git/run-git.ts');
      try { for (;;) openSync('/dev/null'); } catch {}
      await runGit(['version']).catch(({ code }) => process.stdout.write(code));`;
    const node = `exec "$0" --import tsx --input-type=module -e "$1"`;

    const { stdout } = await run('sh', ['-c', `ulimit -n 256; ${node}`, process.execPath, program]);

    expect(stdout).toBe('overloaded');
  });

  test('is told as a process that was killed for its memory', async () => {
    await using work = await temporaryDirectory();
    const killer = join(work.path, 'git');
    await run('sh', ['-c', `printf '#!/bin/sh\\nkill -9 $$\\n' > "$0"; chmod 755 "$0"`, killer]);
    vi.stubEnv('PATH', `${work.path}:${process.env.PATH}`);

    await expect(runGit(['version'])).rejects.toMatchObject({ code: 'overloaded' });
  });
});

describe('a failed Git', () => {
  test('is described shortly to people and fully, but without secrets, to the log', async () => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'a b'), { files: { 'a.ts': 'a\n' } });
    const heard: GitFailure[] = [];
    const hear = (failure: unknown) => heard.push(failure as GitFailure);
    gitFailures.subscribe(hear);

    const args = ['fetch', '--', `file://ada:hunter2@${work.path}/gone`];
    const error = await runGit(args, { gitDir, protocols: ['file'] }).catch((thrown) => thrown);
    gitFailures.unsubscribe(hear);

    expect(error.message).toMatch(/^git fetch failed: /);
    expect(JSON.stringify([error.message, error.cause ?? null, error.details ?? null])).not.toContain(work.path);
    expect(heard).toMatchObject([{ command: 'fetch', code: 128, signal: null }]);
    expect(heard[0]?.stderr).toContain(work.path);
    expect(JSON.stringify([heard, error.message])).not.toContain('hunter2');
  });
});
