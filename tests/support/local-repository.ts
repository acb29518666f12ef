import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openGitDir } from '@/lib/git/open-local';
import { resolveCommit } from '@/lib/git/read-tree';
import type { Sketch } from '@/lib/magics/define';
import { buildRepository } from './sketch-repository';

export interface LocalRepository extends AsyncDisposable {
  /** A bare repository that can be registered by its path. */
  path: string;
  /** Commit id of its branch `main`. */
  head: string;
}

/** A repository of a sketch that stays until it is disposed. */
export async function localRepository(sketch: Sketch): Promise<LocalRepository> {
  const gitDir = await mkdtemp(path.join(tmpdir(), 'elder-repository-'));
  await buildRepository(gitDir, sketch);
  return {
    path: gitDir,
    head: await resolveCommit(await openGitDir(gitDir)),
    [Symbol.asyncDispose]: () => rm(gitDir, { recursive: true, force: true }),
  };
}
