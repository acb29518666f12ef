import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

export interface PackStore<Value> {
  has(key: string): boolean;
  get(keys: readonly string[]): Promise<Map<string, Value>>;
  put(entries: ReadonlyMap<string, Value>): Promise<void>;
}

/** How a value becomes one line of text. */
export interface LineForm<Value> {
  write(value: Value): string;
  /** null for a line that no writer of ours wrote. */
  read(line: string): Value | null;
}

const zip = promisify(gzip);
const unzip = promisify(gunzip);

const KEYS = '.keys';
const DATA = '.gz';
const PACK_NAME = /^[0-9a-f-]{36}$/;
const MAX_PACKS = 24;
const SMALL_PACK_KEYS = 200;
const MAX_STORE_BYTES = 1024 ** 3;
const MAX_PACK_BYTES = 512 * 1024 ** 2;

/**
 * A directory of packs, each written once under a new name and never changed, so that processes do not meet. The list
 * of keys is written last: a pack without it does not exist. What cannot be read counts as absent.
 */
export async function openPackStore<Value>(directory: string, form: LineForm<Value>): Promise<PackStore<Value>> {
  await mkdir(directory, { recursive: true });
  const packOf = new Map<string, string>();
  const sizes = new Map<string, number>();
  for (const name of await listPacks(directory)) {
    const keys = await readFile(join(directory, name + KEYS), 'utf8').catch(() => '');
    const list = keys.split('\n').filter(Boolean);
    sizes.set(name, list.length);
    for (const key of list) packOf.set(key, name);
  }
  let open: { name: string; lines: Map<string, string> } | null = null;

  async function load(name: string): Promise<Map<string, string>> {
    if (open?.name === name) return open.lines;
    const lines = await readPack(directory, name);
    open = { name, lines };
    return lines;
  }

  async function put(texts: ReadonlyMap<string, string>): Promise<void> {
    if (texts.size === 0) return;
    const name = randomUUID();
    await writePack(directory, name, texts);
    sizes.set(name, texts.size);
    for (const key of texts.keys()) packOf.set(key, name);
  }

  /** Joins small packs, so that many small changes do not become many files. */
  async function joinSmallPacks(): Promise<void> {
    const small = [...sizes].filter(([, size]) => size < SMALL_PACK_KEYS).map(([name]) => name);
    if (small.length < MAX_PACKS) return;
    const joined = new Map<string, string>();
    for (const name of small) for (const [key, text] of await readPack(directory, name)) joined.set(key, text);
    await put(joined);
    for (const name of small) {
      sizes.delete(name);
      await removePack(directory, name);
    }
  }

  return {
    has: (key) => packOf.has(key),
    async get(keys) {
      const wanted = new Map<string, string[]>();
      for (const key of keys) {
        const name = packOf.get(key);
        if (name) wanted.set(name, [...(wanted.get(name) ?? []), key]);
      }
      const found = new Map<string, Value>();
      for (const [name, list] of wanted) {
        const lines = await load(name);
        for (const key of list) {
          const text = lines.get(key);
          const value = text === undefined ? null : form.read(text);
          if (value !== null) found.set(key, value);
          else packOf.delete(key);
        }
      }
      return found;
    },
    async put(entries) {
      await put(new Map([...entries].map(([key, value]) => [key, form.write(value)])));
      await joinSmallPacks();
    },
  };
}

/** Names of whole packs; the oldest go when the store has grown too large. */
async function listPacks(directory: string): Promise<string[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith(KEYS) && PACK_NAME.test(file.slice(0, -5)));
  const packs = await Promise.all(
    files.map(async (file) => {
      const name = file.slice(0, -KEYS.length);
      const data = await stat(join(directory, name + DATA)).catch(() => null);
      return { name, size: data?.size ?? 0, at: data?.mtimeMs ?? 0 };
    }),
  );
  packs.sort((a, b) => b.at - a.at);
  const kept: string[] = [];
  let total = 0;
  for (const { name, size } of packs) {
    total += size;
    if (size > 0 && total <= MAX_STORE_BYTES) kept.push(name);
    else await removePack(directory, name);
  }
  return kept;
}

async function readPack(directory: string, name: string): Promise<Map<string, string>> {
  const lines = new Map<string, string>();
  try {
    const data = await unzip(await readFile(join(directory, name + DATA)), { maxOutputLength: MAX_PACK_BYTES });
    for (const line of data.toString('utf8').split('\n')) {
      const tab = line.indexOf('\t');
      if (tab > 0) lines.set(line.slice(0, tab), line.slice(tab + 1));
    }
  } catch {
    // A damaged or vanished pack is read anew from the repository.
    lines.clear();
  }
  return lines;
}

async function writePack(directory: string, name: string, texts: ReadonlyMap<string, string>): Promise<void> {
  const lines = [...texts].map(([key, text]) => `${key}\t${text}\n`).join('');
  await writeWhole(join(directory, name + DATA), await zip(lines, { level: 1 }));
  await writeWhole(join(directory, name + KEYS), `${[...texts.keys()].join('\n')}\n`);
}

async function writeWhole(path: string, content: string | Buffer): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, content);
  await rename(draft, path);
}

async function removePack(directory: string, name: string): Promise<void> {
  // The list of keys goes first: without it the pack does not exist.
  await rm(join(directory, name + KEYS), { force: true });
  await rm(join(directory, name + DATA), { force: true });
}
