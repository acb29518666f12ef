import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '@/lib/errors';
import { compareText } from '@/lib/magics/hash';
import { AdvisoryData, type AdvisoryEntry } from './advisory-data';
import { readOsv } from './read-osv';

const MAX_DATA_BYTES = 512 * 1024 ** 2;
const MAX_ADVISORY_BYTES = 4 * 1024 ** 2;
const MAX_ADVISORIES = 1_000_000;
const FILES_AT_ONCE = 64;

/** Advisory data from a file of its own form, or from a directory of OSV files. What is neither is `unprocessable`. */
export async function loadAdvisories(path: string): Promise<AdvisoryData> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new AppError('unprocessable', 'advisory data cannot be read', { cause });
  });
  return found.isDirectory() ? readOsvDirectory(path) : readDataFile(path, found.size);
}

async function readDataFile(path: string, sizeBytes: number): Promise<AdvisoryData> {
  if (sizeBytes > MAX_DATA_BYTES) throw new AppError('unprocessable', 'advisory data is too large');
  try {
    return AdvisoryData.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new AppError('unprocessable', 'no advisory data', { cause });
  }
}

/** The date is that of the newest change; the same files give the same data. */
async function readOsvDirectory(directory: string): Promise<AdvisoryData> {
  const names = (await readdir(directory, { recursive: true }))
    .filter((name) => name.endsWith('.json'))
    .sort(compareText);
  const entries: AdvisoryEntry[] = [];
  let date = '';
  for (let start = 0; start < Math.min(names.length, MAX_ADVISORIES); start += FILES_AT_ONCE) {
    const texts = await Promise.all(
      names.slice(start, start + FILES_AT_ONCE).map((name) => readAdvisory(join(directory, name))),
    );
    for (const text of texts) {
      const reading = text === null ? null : readOsv(text);
      if (!reading) continue;
      entries.push(...reading.entries);
      if (reading.modified !== null && reading.modified > date) date = reading.modified;
    }
  }
  if (date === '') throw new AppError('unprocessable', 'the directory holds no OSV advisory');
  return { format: 1, date, source: `OSV: ${basename(directory)}`.slice(0, 200), entries: entries.sort(byPackage) };
}

async function readAdvisory(path: string): Promise<string | null> {
  const { size } = await stat(path);
  return size > MAX_ADVISORY_BYTES ? null : readFile(path, 'utf8');
}

function byPackage(a: AdvisoryEntry, b: AdvisoryEntry): number {
  return compareText(a.ecosystem, b.ecosystem) || compareText(a.name, b.name) || compareText(a.id, b.id);
}
