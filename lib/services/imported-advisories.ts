import { stat } from 'node:fs/promises';
import type { AdvisoryData } from '@/lib/advisories/advisory-data';
import { loadAdvisories } from '@/lib/advisories/load-advisories';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/logger';

interface Imported {
  stamp: string;
  data: Promise<AdvisoryData>;
}

let imported: Imported | undefined;

/** Reads the data before the first audit asks. Throws `invalid_settings` when there is none where the setting says. */
export async function prepareAdvisories(): Promise<void> {
  const data = await importedAdvisories().catch((cause: unknown) => {
    throw new AppError('invalid_settings', 'ELDER_ADVISORIES must lead to advisory data', { cause });
  });
  if (data) logger().info({ date: data.date, entries: data.entries.length }, 'advisories imported');
}

/** The advisory data an operator gave, read anew when another file or directory has taken its place; null without. */
export async function importedAdvisories(): Promise<AdvisoryData | null> {
  const path = env().ELDER_ADVISORIES;
  if (path === undefined) return null;
  const before = imported;
  const stamp = await stampOf(path);
  if (before && (stamp === null || before.stamp === stamp)) return before.data;
  const next: Imported = {
    stamp: stamp ?? '',
    data: loadAdvisories(path).catch((err: unknown) => {
      if (imported === next) imported = before;
      if (!before) throw err;
      // Its date says how old it is; half-written data must not silence what was known.
      logger().warn({ err }, 'new advisories could not be read');
      return before.data;
    }),
  };
  imported = next;
  return next.data;
}

async function stampOf(path: string): Promise<string | null> {
  const found = await stat(path).catch(() => null);
  return found && `${found.dev} ${found.ino} ${found.size} ${found.mtimeMs}`;
}
