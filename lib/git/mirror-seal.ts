import { readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

const SEAL = 'elder-seal.json';

/** Name and size of each pack of a mirror. */
const Seal = z.record(z.string().regex(/^[\w.-]+$/), z.number());

/** Notes what a finished fetch left, so that a file that vanishes or shrinks is seen without reading objects. */
export async function sealMirror(gitDir: string): Promise<void> {
  const packs = join(gitDir, 'objects', 'pack');
  const seal: z.infer<typeof Seal> = {};
  for (const name of await readdir(packs).catch(() => [])) {
    if (/^pack-[0-9a-f]+\.(?:pack|idx)$/.test(name)) seal[name] = (await stat(join(packs, name))).size;
  }
  const draft = join(gitDir, `${SEAL}.lock`);
  await writeFile(draft, JSON.stringify(seal), { mode: 0o600 });
  await rename(draft, join(gitDir, SEAL));
}

/** Whether a repository of ours is gone, or lacks a pack it had; one that was never sealed is taken as it is. */
export async function isBroken(gitDir: string): Promise<boolean> {
  const text = await readFile(join(gitDir, SEAL), 'utf8').catch(() => null);
  if (text === null) return (await stat(gitDir).catch(() => null)) === null;
  for (const [name, size] of Object.entries(parseSeal(text))) {
    const found = await stat(join(gitDir, 'objects', 'pack', name)).catch(() => null);
    if (found?.size !== size) return true;
  }
  return false;
}

/** A seal that cannot be read names a pack that cannot be there. */
function parseSeal(text: string): z.infer<typeof Seal> {
  try {
    return Seal.parse(JSON.parse(text));
  } catch {
    return { unreadable: -1 };
  }
}
