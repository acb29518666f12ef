import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ENVIRONMENT = { ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };

/** What `git apply` makes of files in a work tree; rejects when it refuses the patch. */
export async function gitApply(files: Record<string, string>, patch: string): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'elder-apply-'));
  try {
    const git = (...args: string[]) => run('git', args, { cwd: folder, env: ENVIRONMENT });
    await git('init', '--quiet');
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    await writeFile(join(folder, '.git', 'fix.patch'), patch);
    await git('apply', '--check', '.git/fix.patch');
    await git('apply', '.git/fix.patch');
    const paths = Object.keys(files);
    const texts = await Promise.all(paths.map((path) => readFile(join(folder, path), 'utf8')));
    return Object.fromEntries(paths.map((path, at) => [path, texts[at] ?? '']));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
