import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitRepository } from './open-local';
import { runGit } from './run-git';

/** The last second a JavaScript date can name. */
const LAST_SECOND = 8_640_000_000_000;

/** Seconds since the epoch; 0 for what is missing, negative or no date at all. */
export function toSeconds(text: string | undefined): number {
  const seconds = Number(text);
  return Number.isInteger(seconds) && seconds > 0 && seconds <= LAST_SECOND ? seconds : 0;
}

/** Short name of the branch a ref stands for; null for tags, ids and a detached HEAD. */
export async function branchOf(repository: GitRepository, ref = 'HEAD', signal?: AbortSignal): Promise<string | null> {
  if (ref === 'HEAD') {
    const head = await readFile(join(repository.gitDir, 'HEAD'), 'utf8').catch(() => '');
    const [, branch] = /^ref: refs\/heads\/([^\n]+)\n/.exec(head) ?? [];
    if (branch !== undefined && branch !== '.invalid') return branch;
  }
  // The full name of a branch stands for itself.
  if (/^refs\/heads\/[\w./-]+$/.test(ref)) return ref.slice('refs/heads/'.length);
  const args = ['rev-parse', '--symbolic-full-name', '--end-of-options', ref];
  const name = await runGit(args, { gitDir: repository.gitDir, signal }).catch(() => Buffer.alloc(0));
  const lines = name.toString('utf8').split('\n');
  return lines.find((line) => line.startsWith('refs/heads/'))?.slice('refs/heads/'.length) ?? null;
}
