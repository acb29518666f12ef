import { randomBytes } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { AppError } from '@/lib/errors';
import { KEY_FILES } from '@/lib/secrets/key-files';
import { assertDiskSpace, existingParent } from '../postgres/disk';
import { lockDataDirectory } from './lock';

/** Raised when an older release could no longer read what is in a data directory. */
const FORMAT = 1;
const LARGEST_LOG_BYTES = 20 * 1024 * 1024;

const Marker = z.object({ format: z.number().int(), release: z.string() });

export interface DataDirectory extends Disposable {
  path: string;
  logFile(name: string): string;
}

/** Opens a data directory for this process alone, or says why not before anything is changed. */
export function openDataDirectory(directory: string, release: string): DataDirectory {
  assertReadable(directory);
  assertWritable(directory);
  assertDiskSpace(directory);
  mkdirSync(directory, { recursive: true, mode: 0o711 });
  const lock = lockDataDirectory(directory);
  mkdirSync(path.join(directory, 'logs'), { recursive: true, mode: 0o700 });
  writeOnce(path.join(directory, 'instance.json'), `${JSON.stringify({ format: FORMAT, release })}\n`);
  return {
    path: directory,
    logFile: (name) => rotated(path.join(directory, 'logs', `${name}.log`)),
    [Symbol.dispose]: () => lock[Symbol.dispose](),
  };
}

/** The secret that signs sessions: made once, kept beside the data. */
export function authSecret(directory: string): string {
  const file = path.join(directory, KEY_FILES.auth);
  if (!existsSync(file)) writeOnce(file, `${randomBytes(32).toString('base64url')}\n`);
  return readFileSync(file, 'utf8').trim();
}

/** Refuses what this release cannot use. */
export function assertReadable(directory: string): void {
  const marker = path.join(directory, 'instance.json');
  if (existsSync(directory) && !statSync(directory).isDirectory()) {
    throw new AppError('conflict', `ELDER_DATA_DIR names ${directory}, which is not a directory.`);
  }
  if (!existsSync(marker)) return;
  const { format, release } = readMarker(marker);
  if (format <= FORMAT) return;
  throw new AppError(
    'conflict',
    `The data directory ${directory} was made by a newer release of Ancient Elder (${release}); start that one.`,
  );
}

/** Refuses a directory, or a place for one, where this user cannot write. */
export function assertWritable(directory: string): void {
  const existing = existingParent(directory);
  try {
    accessSync(existing, constants.W_OK | constants.X_OK);
  } catch (cause) {
    const isReadOnly = (cause as NodeJS.ErrnoException).code === 'EROFS';
    const why = isReadOnly ? `${existing} is on a read-only disk` : `This user may not write to ${existing}`;
    throw new AppError('unavailable', `${why}; set ELDER_DATA_DIR to another place.`, { cause });
  }
}

function readMarker(file: string): z.infer<typeof Marker> {
  try {
    return Marker.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new AppError('conflict', `${file} cannot be read; is this the data directory of Ancient Elder?`, { cause });
  }
}

function writeOnce(file: string, content: string): void {
  if (existsSync(file)) return;
  writeFileSync(`${file}.new`, content, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function rotated(file: string): string {
  if (existsSync(file) && statSync(file).size > LARGEST_LOG_BYTES) renameSync(file, `${file}.1`);
  return file;
}
