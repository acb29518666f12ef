import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { findRepository } from './find-repository';
import { makeShim } from './shim';
import { readStorageFormat } from './storage-format';

/** A repository that is only read. */
export interface GitRepository {
  gitDir: string;
  isShallow: boolean;
  /** Set when objects may not be what their ids say: what is read here stays with this repository. */
  scope?: string;
}

/** A repository of somebody else on this machine; Git reads it through a directory of ours. */
export interface ForeignRepository extends GitRepository {
  source: { gitDir: string; commonDir: string };
}

/** Finds the repository of a path (a work tree, a folder in one, or a bare repository) without writing to it. */
export async function openLocal(path: string, signal?: AbortSignal): Promise<ForeignRepository> {
  const places = await findRepository(path);
  const shim = await makeShim(places, await readStorageFormat(places.commonDir));
  signal?.throwIfAborted();
  const { gitDir, commonDir } = places;
  return { gitDir: shim, isShallow: await isShallow(commonDir), scope: gitDir, source: { gitDir, commonDir } };
}

/** Opens a bare repository of ours. */
export async function openGitDir(gitDir: string): Promise<GitRepository> {
  return { gitDir, isShallow: await isShallow(gitDir) };
}

export async function isShallow(commonDir: string): Promise<boolean> {
  const shallow = await stat(join(commonDir, 'shallow')).catch(() => null);
  return shallow !== null && shallow.size > 0;
}
