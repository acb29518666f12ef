import { readFile } from 'node:fs/promises';
import { AppError } from '@/lib/errors';
import { KnownToPods } from '@/lib/schemas/known-to-pods';

/** Where a cluster tells its pods how they lie. */
const FILE = '/etc/elder/cluster/cluster.json';

/** What the cluster tells, or null where there is none, or where an engine of the cluster does all the scaling. */
export async function readKnownToPods(file = FILE): Promise<KnownToPods | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  const read = KnownToPods.safeParse(parsed(text));
  if (!read.success)
    throw new AppError('invalid_settings', `${file} is not what \`elder cluster\` writes: apply it again`);
  return read.data.scaling.scaled.length > 0 ? read.data : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
