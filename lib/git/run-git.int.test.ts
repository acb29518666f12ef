import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { makeRepository, temporaryDirectory } from '@/tests/support/git-remote';
import { gitEnvironment, runGit, startGit } from './run-git';

const SKETCH = { files: { 'a.txt': 'one\n' } };

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the environment of Git', () => {
  test('takes nothing of GIT_ from ours, and no secret', () => {
    vi.stubEnv('GIT_DIR', '/elsewhere');
    vi.stubEnv('GIT_SSH_COMMAND', 'touch /canary');
    vi.stubEnv('DATABASE_URL', 'postgres://u:p@h/d');

    const environment = gitEnvironment();

    expect(environment).toMatchObject({ GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', LC_ALL: 'C' });
    expect(Object.keys(environment)).not.toEqual(expect.arrayContaining(['GIT_DIR']));
    expect(JSON.stringify(environment)).not.toMatch(/canary|postgres/);
  });
});

describe('a repository with hostile settings', () => {
  test('runs none of its programs', async () => {
    await using work = await temporaryDirectory();
    const canary = join(work.path, 'canary');
    const gitDir = await makeRepository(join(work.path, 'repo'), {
      files: { '.gitattributes': '*.txt diff=evil filter=evil merge=evil\n', 'a.txt': 'one\n' },
    });
    const program = `sh -c 'touch ${canary}'`;
    await writeFile(
      join(gitDir, 'config'),
      [
        '[core]\n\trepositoryformatversion = 0\n\tbare = false',
        `\tfsmonitor = ${program}\n\tpager = ${program}\n\tsshCommand = ${program}\n\taskPass = ${program}`,
        `\thooksPath = ${gitDir}/hooks\n\tgitProxy = ${program}\n\tattributesFile = ${gitDir}/attributes`,
        `[diff]\n\texternal = ${program}\n[diff "evil"]\n\ttextconv = ${program}\n\tcommand = ${program}`,
        `[filter "evil"]\n\tsmudge = ${program}\n\tclean = ${program}\n[gpg]\n\tprogram = ${program}`,
        `[log]\n\tshowSignature = true\n[alias]\n\tlog = !${program}\n[pager]\n\tlog = ${program}`,
      ].join('\n'),
    );
    await mkdir(join(gitDir, 'hooks'), { recursive: true });
    await writeFile(join(gitDir, 'hooks', 'post-checkout'), `#!/bin/sh\ntouch ${canary}\n`, { mode: 0o755 });

    await runGit(['log', '-p', '--no-ext-diff', '--no-textconv', 'HEAD'], { gitDir });
    await runGit(['ls-tree', '-r', 'HEAD'], { gitDir });
    await runGit(['rev-list', 'HEAD'], { gitDir });

    await expect(readFile(canary)).rejects.toThrow('ENOENT');
  });

  test('speaks no protocol that was not asked for', async () => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'repo'), SKETCH);

    await expect(runGit(['ls-remote', '--', `file://${gitDir}`])).rejects.toMatchObject({
      code: 'repository_protocol_refused',
    });
    await expect(
      runGit(['ls-remote', '--', 'ext::sh -c touch% /canary'], { protocols: ['file'] }),
    ).rejects.toMatchObject({ code: 'repository_protocol_refused' });
  });
});

describe('the limits of a command', () => {
  test('ends the process when its time is over', async () => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'repo'), SKETCH);
    const waiting = startGit(['cat-file', '--batch'], { gitDir, timeoutMs: 100 });

    await expect(waiting.stdout.next()).rejects.toMatchObject({ code: 'repository_timeout' });
  });

  test('ends the process when the caller cancels', async () => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'repo'), SKETCH);
    const cancel = new AbortController();
    const waiting = startGit(['cat-file', '--batch'], { gitDir, signal: cancel.signal }).stdout.next();

    cancel.abort();

    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('does not start for a caller that cancelled before', async () => {
    await expect(runGit(['version'], { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('stops at the number of bytes allowed', async () => {
    await expect(runGit(['version'], { maxOutputBytes: 3 })).rejects.toMatchObject({ code: 'repository_too_large' });
  });
});
