import { statfs } from 'node:fs/promises';
import { env } from '@/lib/env';

interface Disk {
  sizeBytes: number;
  /** To us: some of what is free may be kept for others. */
  freeBytes: number;
}

/** The disk that holds the data directory. Throws where that cannot be told. */
export async function readDisk(): Promise<Disk> {
  const { blocks, bavail, bsize } = await statfs(env().ELDER_DATA_DIR);
  return { sizeBytes: blocks * bsize, freeBytes: bavail * bsize };
}
