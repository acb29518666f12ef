import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import type { Env } from '@/lib/env';
import { KEY_FILES, type KeyFile } from '@/lib/secrets/key-files';
import { readEncryptionKey } from '@/lib/secrets/key-ring';
import { type BackupSecret, openArchive, sealArchive } from './archive-cipher';
import { backupError } from './backup-problem';

type KeySettings = Pick<
  Env,
  'ELDER_DATA_DIR' | 'ENCRYPTION_KEY' | 'ENCRYPTION_KEY_PREVIOUS' | 'EVIDENCE_KEY_FILE' | 'AUTH_SECRET'
>;

/** Contents of the files of `KEY_FILES`; what is absent was not there. */
const Keys = z.partialRecord(z.enum(Object.keys(KEY_FILES) as [KeyFile, ...KeyFile[]]), z.string().max(100_000));
export type InstanceKeys = z.infer<typeof Keys>;

/** The keys of this installation, wherever they are, in the form of their files. */
export async function collectKeys(settings: KeySettings): Promise<InstanceKeys> {
  const { ELDER_DATA_DIR: directory, ENCRYPTION_KEY: key, ENCRYPTION_KEY_PREVIOUS: previous } = settings;
  const own = (file: KeyFile) => readIfThere(path.join(directory, KEY_FILES[file]));
  const keys = {
    encryption: key
      ? `${JSON.stringify({ keys: [key, ...previous].map(({ bytes }) => bytes.toString('base64')) }, null, 2)}\n`
      : await own('encryption'),
    evidence: await (settings.EVIDENCE_KEY_FILE ? readFile(settings.EVIDENCE_KEY_FILE, 'utf8') : own('evidence')),
    auth: settings.AUTH_SECRET ? `${settings.AUTH_SECRET}\n` : await own('auth'),
  };
  return Object.fromEntries(Object.entries(keys).filter(([, content]) => content !== undefined));
}

export function sealKeys(secret: BackupSecret, name: string, keys: InstanceKeys): AsyncIterable<Uint8Array> {
  async function* body() {
    yield Buffer.from(JSON.stringify(keys));
  }
  return sealArchive(secret, { part: 'keys', name }, body());
}

export async function openKeys(
  secret: BackupSecret,
  name: string,
  sealed: AsyncIterable<Uint8Array>,
): Promise<InstanceKeys> {
  const chunks: Buffer[] = [];
  for await (const chunk of openArchive(secret, { part: 'keys', name }, sealed)) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  const parsed = Keys.safeParse(text.startsWith('{') ? JSON.parse(text) : null);
  if (!parsed.success) throw backupError('damaged', name);
  return parsed.data;
}

/**
 * Refuses when a key of the backup's ring would be missing afterwards: what it sealed could not be opened. The others may
 * differ: who signs in again and who signs evidence from now on is for the operator. Throws with the problem `other_keys`.
 * @param arePlaced whether the backup's own take the place of those in the data directory
 */
export async function assertFittingKeys(
  keys: InstanceKeys,
  settings: KeySettings,
  { arePlaced }: { arePlaced: boolean },
): Promise<void> {
  if (keys.encryption === undefined) return;
  const { ENCRYPTION_KEY: given, ENCRYPTION_KEY_PREVIOUS: previous, ELDER_DATA_DIR: directory } = settings;
  if (!given && arePlaced) return;
  const present = given
    ? [given, ...previous].map(({ id }) => id)
    : idsOf((await readIfThere(path.join(directory, KEY_FILES.encryption))) ?? '');
  const lacking = idsOf(keys.encryption).filter((id) => !present.includes(id));
  if (lacking.length === 0) return;
  throw backupError('other_keys', `${given ? 'ENCRYPTION_KEY' : KEY_FILES.encryption}: ${lacking.join(', ')}`);
}

const RingFile = z.object({ keys: z.array(z.string()) });

/** Of the keys in a file of that form; none of anything else. */
function idsOf(file: string): string[] {
  const parsed = RingFile.safeParse(parseJson(file));
  return (parsed.data?.keys ?? []).flatMap((key) => readEncryptionKey(key)?.id ?? []);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export interface KeyDrafts {
  /** Puts them in place. Gives the names written. Throws with the problem `keys_not_placed`: those drafts stay. */
  place: () => Promise<string[]>;
  discard: () => Promise<void>;
}

/**
 * Writes keys beside their files in the data directory, but those that settings give, so that what can fail fails before rows
 * are kept. What was in place is kept as `….before-restore`, or with a number behind it: the database was empty, so that
 * nothing is sealed with it.
 */
export async function draftKeys(keys: InstanceKeys, settings: KeySettings): Promise<KeyDrafts> {
  const { ELDER_DATA_DIR: directory } = settings;
  const given: Readonly<Record<KeyFile, unknown>> = {
    encryption: settings.ENCRYPTION_KEY,
    evidence: settings.EVIDENCE_KEY_FILE,
    auth: settings.AUTH_SECRET,
  };
  const drafts: { file: string; draft: string }[] = [];
  const discard = async () => {
    for (const { draft } of drafts) await rm(draft, { force: true });
  };
  try {
    await mkdir(directory, { recursive: true, mode: 0o711 });
    for (const [name, content] of Object.entries(keys) as [KeyFile, string][]) {
      const file = path.join(directory, KEY_FILES[name]);
      if (given[name] !== undefined || (await readIfThere(file)) === content) continue;
      const draft = `${file}.restored-${randomBytes(3).toString('hex')}`;
      drafts.push({ file, draft });
      await writeFile(draft, content, { mode: 0o600, flag: 'wx', flush: true });
    }
  } catch (error) {
    await discard();
    throw error;
  }
  return { place: () => placeDrafts(drafts), discard };
}

async function placeDrafts(drafts: readonly { file: string; draft: string }[]): Promise<string[]> {
  const failed: { draft: string; cause: unknown }[] = [];
  for (const { file, draft } of drafts) {
    try {
      await keepAside(file);
      await rename(draft, file);
    } catch (cause) {
      failed.push({ draft, cause });
    }
  }
  const names = failed.map(({ draft }) => draft).join(', ');
  if (failed.length > 0) throw backupError('keys_not_placed', names, failed[0]?.cause);
  return drafts.map(({ file }) => path.basename(file));
}

/** Each restore keeps what it found: it may be the only copy of a key. */
async function keepAside(file: string): Promise<void> {
  for (let number = 1; ; number += 1) {
    try {
      return await link(file, `${file}.before-restore${number === 1 ? '' : `.${number}`}`);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOENT') return;
      if (code !== 'EEXIST') throw error;
    }
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
