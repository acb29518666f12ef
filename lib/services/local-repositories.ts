import { readdir, readlink, realpath } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { readStart } from '@/lib/git/find-repository';
import { type ForeignRepository, openLocal } from '@/lib/git/open-local';

const MAX_ALTERNATES_BYTES = 64 * 1024;
/** Git follows no more. */
const MAX_STEPS = 5;
const MAX_STORES = 50;

/**
 * A repository on this machine. Never one that lies in, or borrows objects from, the data directory: its mirrors belong to
 * the teams that registered them.
 */
export async function openLocalRepository(path: string, signal?: AbortSignal): Promise<ForeignRepository> {
  const repository = await openLocal(path, signal);
  const { gitDir, commonDir } = repository.source;
  const dataDir = await realpath(env().ELDER_DATA_DIR).catch(() => env().ELDER_DATA_DIR);
  for (const place of [gitDir, commonDir, ...(await objectPlaces(join(commonDir, 'objects')))]) {
    const real = await realpath(place).catch(() => resolve(place));
    if (isInside(dataDir, real)) throw refused('the repository lies in the data directory of this server');
  }
  return repository;
}

/** All that Git would read objects from: the store, what it links to, and the stores it borrows from. */
async function objectPlaces(objects: string): Promise<string[]> {
  const places = new Set<string>();
  const seen = new Set<string>();
  let stores = [await realpath(objects)];
  for (let step = 0; step <= MAX_STEPS && stores.length > 0; step += 1) {
    const borrowed: string[] = [];
    for (const store of stores) {
      if (seen.has(store)) continue;
      if (seen.add(store).size > MAX_STORES) throw refused('the repository borrows objects from too many others');
      for (const place of [store, join(store, 'info'), join(store, 'pack')]) places.add(place);
      for (const link of [...(await linksIn(store)), ...(await linksIn(join(store, 'pack')))]) places.add(link);
      borrowed.push(...(await alternatesOf(store)));
    }
    stores = borrowed;
  }
  return [...places];
}

/** Where links lead, also those that lead nowhere yet. */
async function linksIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const links = entries.filter((entry) => entry.isSymbolicLink()).map(({ name }) => join(folder, name));
  return Promise.all(links.map(async (link) => resolve(folder, await readlink(link).catch(() => link))));
}

async function alternatesOf(objects: string): Promise<string[]> {
  const text = (await readStart(join(objects, 'info', 'alternates'), MAX_ALTERNATES_BYTES)) ?? '';
  if (text.length >= MAX_ALTERNATES_BYTES) throw refused('the repository borrows objects from too many others');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  // Git would read escapes in it, or bytes that are lost here: another path than the one that was checked.
  if (lines.some((line) => line.startsWith('"') || line.includes('\ufffd'))) {
    throw refused('the repository borrows objects from a path that cannot be checked');
  }
  return Promise.all(lines.map((line) => realpath(resolve(objects, line)).catch(() => resolve(objects, line))));
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith('..') && !way.startsWith('/'));
}

function refused(why: string): AppError {
  return new AppError('repository_address_refused', why);
}
