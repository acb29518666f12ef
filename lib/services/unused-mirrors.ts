import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { db } from '@/lib/db/client';
import { DRAFT } from '@/lib/git/mirror';
import { mirrorName, mirrorsDir } from './repositories';
import { readerOf } from './repository-access';

/** One fetched lately may be of a project that was registered after we looked. */
const PATIENCE_MS = 24 * 3_600_000;

/** Removes this machine's copies of repositories that no project holds any more. */
export async function removeUnusedMirrors(): Promise<void> {
  const root = mirrorsDir();
  const entries = await readdir(root).catch(() => []);
  if (entries.length === 0) return;
  const projects = await db().project.findMany({
    select: { canonicalKey: true, teamId: true, repositoryUrl: true, connectionId: true },
  });
  const used = new Set(projects.map((project) => mirrorName(project.canonicalKey, readerOf(project))));
  for (const entry of entries) {
    if (!entry.endsWith('.git') || used.has(entry)) continue;
    const { mtimeMs } = await stat(join(root, entry));
    if (Date.now() - mtimeMs < PATIENCE_MS) continue;
    // In one step: whoever comes now finds no half of a mirror.
    const gone = join(root, `${entry}.${randomUUID()}${DRAFT}`);
    await rename(join(root, entry), gone);
    await rm(gone, { recursive: true, force: true });
  }
}
