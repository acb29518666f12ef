import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { collectPackedBlob, type PackedBlob, unpackBlob, unpackJson } from '../packed-blob';
import { type BlobPool, type BlobPoolOptions, createBlobPool } from './blob-pool';
import { endEarly, startEarly, takeEarly } from './blob-worker';

const pools: BlobPool[] = [];

function pool(options: BlobPoolOptions): BlobPool {
  const created = createBlobPool(options);
  pools.push(created);
  return created;
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((open) => open.close()));
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const factsOf = ({ data }: PackedBlob) => unpackBlob(data);

const BLOBS = [
  { path: 'a.ts', bytes: bytes('export function f(a: string) { if (a) { return 1; } return 2; }') },
  { path: 'b.py', bytes: bytes('def f(a):\n  try:\n    a()\n  except:\n    pass\n') },
  { path: 'c.go', bytes: bytes('package c\nfunc F() {}\n') },
  { path: 'd.bin', bytes: new Uint8Array([0, 1, 2, 3]) },
  { path: 'e.rs', bytes: bytes('fn f() { todo!() }') },
];

test('facts are the same with one thread, with three, and without any', async () => {
  const one = pool({ threads: 1 });
  const three = pool({ threads: 3 });

  const fromOne = await Promise.all(BLOBS.map((blob) => one.collect(blob.path, blob.bytes)));
  const fromThree = await Promise.all(BLOBS.toReversed().map((blob) => three.collect(blob.path, blob.bytes)));
  const inline = [];
  for (const blob of BLOBS) inline.push(factsOf(await collectPackedBlob(blob.path, blob.bytes)));

  expect(fromOne.map(factsOf)).toEqual(inline);
  expect(fromThree.toReversed().map(factsOf)).toEqual(inline);
});

test('a file that takes too long is skipped, the others are read', async () => {
  const impatient = pool({ threads: 1, timeoutMs: 1 });

  const facts = await impatient.collect('a.ts', bytes('a('.repeat(100_000)));

  expect(facts.skipped).toBe('timeout');
});

test('patterns are asked in a thread, one that takes too long gives nothing, and facts are read meanwhile', async () => {
  const matcher = { kind: 'pattern', key: 'k', pattern: 'o+ps', flags: '', where: 'all', languages: [] } as const;
  const matchers = [{ ...matcher, languages: [] }];
  const open = pool({ threads: 1 });
  const impatient = pool({ threads: 1, timeoutMs: 1 });

  const [found, facts, late] = await Promise.all([
    open.match('a.ts', bytes('a();\noops();\n'), matchers),
    open.collect('a.ts', bytes('a()')),
    impatient.match('a.ts', bytes('oops '.repeat(100_000)), matchers),
  ]);

  expect(found && unpackJson(found)).toEqual({
    k: { rows: [{ line: 2, endLine: 2, text: 'oops();', match: 'oops' }], more: 0, unread: null },
  });
  expect(facts.skipped).toBeNull();
  expect(late).toBeNull();
});

test('matching takes its time from a budget, and stops with it; facts are read all the same', async () => {
  const open = pool({ threads: 1 });
  const matchers = Array.from({ length: 100 }, (_, at) => ({
    kind: 'query' as const,
    key: `k${at}`,
    language: 'typescript' as const,
    query: `(_ (_)* @a (_)* @b (_)* @c (_) @finding (_)* @d) ; ${at}`,
  }));
  const code = bytes('f(a, b, c, d, e, [1, 2, 3, 4, 5, 6, 7, 8]);\n'.repeat(2_000));
  const budget = { leftMs: 1_500 };

  const startedAt = performance.now();
  const found = await Promise.all(
    Array.from({ length: 10 }, (_, at) => open.match(`${at}.ts`, code, matchers, { budget })),
  );
  const tookMs = performance.now() - startedAt;

  expect(found).toEqual(Array(10).fill(null));
  expect(budget.leftMs).toBeLessThanOrEqual(0);
  expect(tookMs).toBeLessThan(10_000);
  expect((await open.collect('a.ts', bytes('a()'))).skipped).toBeNull();
});

test('a file is not to blame for one moment in which everything stood still', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'elder-pool-'));
  const program = join(directory, 'thread.mjs');
  await writeFile(program, STANDS_STILL_ONCE);

  const blob = await pool({ threads: 1, timeoutMs: 2_000, entry: pathToFileURL(program) }).collect(
    'a.ts',
    bytes('a()'),
  );
  await rm(directory, { recursive: true });

  expect(blob.skipped).toBeNull();
});

/** A thread that answers nothing the first time it is started. */
const STANDS_STILL_ONCE = `
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
const mark = fileURLToPath(new URL('started', import.meta.url));
const isFirst = !existsSync(mark);
writeFileSync(mark, '');
parentPort.on('message', ({ id }) => {
  if (!isFirst) parentPort.postMessage({ id, blob: { skipped: null, data: new Uint8Array() }, isWorn: false });
});
`;

test('a program that does not load fails its files instead of skipping them', async () => {
  const broken = pool({ threads: 1, entry: new URL('file:///nowhere/blob-thread.js') });

  await expect(broken.collect('a.ts', bytes('a'))).rejects.toThrow();
});

test('an aborted signal rejects, and the pool goes on', async () => {
  const open = pool({ threads: 1 });
  const stop = new AbortController();
  const stopped = open.collect('a.ts', bytes('a()'), stop.signal);

  stop.abort(new Error('cancelled'));

  await expect(stopped).rejects.toThrow('cancelled');
  await expect(open.collect('b.ts', bytes('b()'))).resolves.toMatchObject({ skipped: null });
});

test('a thread without work is ended, and the next file gets a new one', async () => {
  const started: Worker[] = [];
  const count = (worker: Worker) => void started.push(worker);
  process.on('worker', count);
  const open = pool({ threads: 1, idleMs: 1 });

  await open.collect('a.ts', bytes('a()'));
  if (started[0]) await once(started[0], 'exit');
  const facts = await open.collect('b.ts', bytes('b()'));
  process.off('worker', count);

  expect(facts.skipped).toBeNull();
  expect(started).toHaveLength(2);
});

test('a thread that has read much is ended without the patience that others get', async () => {
  const started: Worker[] = [];
  const count = (worker: Worker) => void started.push(worker);
  process.on('worker', count);
  const open = pool({ threads: 1, idleMs: 60_000, idleLargeMs: 1 });
  const text = bytes(`${'word '.repeat(15)}\n`.repeat(14_000));

  for (const path of ['a.txt', 'b.txt', 'c.txt']) await open.collect(path, text);
  process.off('worker', count);
  if (started[0]) await once(started[0], 'exit');

  expect(text.length * 2).toBeGreaterThan(2 * 1024 ** 2);
  expect(started).toHaveLength(1);
});

test('a closed pool rejects', async () => {
  const closed = createBlobPool({ threads: 1 });
  await closed.close();

  await expect(closed.collect('a.ts', bytes('a'))).rejects.toThrow('closed');
});

test('a thread that was started early reads the first file, and is taken once', async () => {
  startEarly();
  const reads = pool({ threads: 1 });

  const read = await reads.collect('a.ts', bytes('export const a = 1;\n'));

  expect(read.skipped).toBeNull();
  expect(takeEarly()).toBeNull();
});

test('files are read by another when the thread that was started early has ended', async () => {
  startEarly();
  await endEarly();

  const read = await pool({ threads: 1 }).collect('a.ts', bytes('export const a = 1;\n'));

  expect(read.skipped).toBeNull();
});
