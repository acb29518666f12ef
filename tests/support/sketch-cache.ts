import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

/** What facts are made by. A change of any of these files forgets all facts that were kept. */
const READERS = [
  'lib/facts',
  'lib/git',
  'lib/magics',
  'tests/support/sketch-repository.ts',
  'tests/support/programs/read-sketches.ts',
  'package-lock.json',
];
/** Rules judge facts, they do not make them: `lib/magics/<magic>/…` */
const RULE = /^lib\/magics\/[a-z]+\//;

let folder: string | undefined;

/** Facts of a sketch as an earlier run of the same readers made them; starting Git is most of what rule tests cost. */
export function readKept<Value>(key: string): Value | null {
  try {
    return deserialize(readFileSync(join(folderOfReaders(), nameOf(key)))) as Value;
  } catch {
    // Missing or cut off: it is made anew.
    return null;
  }
}

export function keep(key: string, value: unknown): void {
  const path = join(folderOfReaders(), nameOf(key));
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, serialize(value));
  renameSync(draft, path);
}

function folderOfReaders(): string {
  if (folder) return folder;
  const hash = createHash('sha256').update(process.version);
  for (const path of READERS.flatMap(filesOf)) hash.update(path).update(readFileSync(path));
  folder = join('dist/test-facts', hash.digest('hex').slice(0, 16));
  mkdirSync(folder, { recursive: true });
  return folder;
}

function filesOf(path: string): string[] {
  if (/\.\w+$/.test(path)) return [path];
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => `${path}/${name}`);
  return files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !RULE.test(file)).sort();
}

function nameOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
