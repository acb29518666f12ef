import { readFile, realpath } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { type GitRepository, openLocal } from '@/lib/git/open-local';

/**
 * A repository on this machine. Never one that lies in, or borrows objects from, the data directory: its mirrors belong to
 * the teams that registered them.
 */
export async function openLocalRepository(path: string, signal?: AbortSignal): Promise<GitRepository> {
  const repository = await openLocal(path, signal);
  const dataDir = await realpath(env().ELDER_DATA_DIR).catch(() => env().ELDER_DATA_DIR);
  const places = [repository.gitDir, ...(await alternatesOf(repository.gitDir))];
  for (const place of places) {
    const real = await realpath(place).catch(() => place);
    if (isInside(dataDir, real)) {
      throw new AppError('repository_address_refused', 'the repository lies in the data directory of this server');
    }
  }
  return repository;
}

async function alternatesOf(gitDir: string): Promise<string[]> {
  const objects = join(gitDir, 'objects');
  const text = await readFile(join(objects, 'info', 'alternates'), 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => (line === '' || line.startsWith('#') ? [] : [resolve(objects, line)]));
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith('..') && !way.startsWith('/'));
}
