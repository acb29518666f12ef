import { join } from 'node:path';
import { AppError } from '@/lib/errors';
import { readStart } from './find-repository';

/** Settings that say how objects and refs are stored: the only ones of a foreign configuration that are looked at. */
export interface StorageFormat {
  objectFormat?: string;
  refStorage?: string;
}

const MAX_CONFIG_BYTES = 1024 ** 2;
/** Longer ones are no format; a pattern may be slow on them. */
const MAX_LINE_LENGTH = 500;
const NEWEST_VERSION = 1;
const SECTION = /^\s*\[\s*(?<name>[\w.-]+)\s*\](?<rest>.*)$/;
const SETTING = /^\s*(?<key>[A-Za-z][\w-]*)\s*=\s*"?(?<value>[^"#;]*?)"?\s*(?:[#;].*)?$/;
const NAME = /^[a-z][a-z0-9]*$/;
/** They change how Git works with the repository, not how what it holds is read. */
const IRRELEVANT = new Set([
  'compatobjectformat',
  'noop',
  'noop-v1',
  'partialclone',
  'preciousobjects',
  'relativeworktrees',
  'worktreeconfig',
]);

export async function readStorageFormat(commonDir: string): Promise<StorageFormat> {
  return parseStorageFormat((await readStart(join(commonDir, 'config'), MAX_CONFIG_BYTES)) ?? '');
}

/** Includes, programs and everything else a configuration may name is passed over. */
export function parseStorageFormat(config: string): StorageFormat {
  const format: StorageFormat = {};
  let section = '';
  for (const line of config.split('\n')) {
    if (line.length > MAX_LINE_LENGTH) continue;
    const header = SECTION.exec(line)?.groups;
    if (header) section = header.name?.toLowerCase() ?? '';
    else if (/^\s*\[/.test(line)) section = '';
    const { key = '', value = '' } = SETTING.exec(header?.rest ?? line)?.groups ?? {};
    const name = key.toLowerCase();
    if (section === 'core' && name === 'repositoryformatversion' && !(Number(value) <= NEWEST_VERSION)) {
      throw new AppError('repository_unsupported', `the repository has format ${value}`);
    }
    if (section !== 'extensions' || name === '' || IRRELEVANT.has(name)) continue;
    if (!NAME.test(value)) throw new AppError('repository_unsupported', `the extension ${name} has an odd value`);
    if (name === 'objectformat') format.objectFormat = value;
    else if (name === 'refstorage') format.refStorage = value;
    else throw new AppError('repository_unsupported', `the repository uses the extension ${name}`);
  }
  return format;
}
