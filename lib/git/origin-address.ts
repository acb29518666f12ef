import { join } from 'node:path';
import { findRepository } from './find-repository';
import { runGit } from './run-git';

/** Where the remote `origin` of a local repository is, as its configuration has it; null without one. */
export async function originAddress(path: string, signal?: AbortSignal): Promise<string | null> {
  const { commonDir } = await findRepository(path);
  const args = ['config', '--file', join(commonDir, 'config'), '--no-includes', '--get', 'remote.origin.url'];
  // Git ends with 1 where there is none.
  const answer = await runGit(args, { signal, timeoutMs: 10_000, maxOutputBytes: 64_000 }).catch(() => '');
  return answer.toString().trim() || null;
}
