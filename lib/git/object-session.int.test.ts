import { execFile } from 'node:child_process';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { until } from '@/tests/support/audits';
import { makeRepository, temporaryDirectory } from '@/tests/support/git-remote';
import type { ByteReader } from './byte-reader';
import { askObjects } from './object-session';
import { openGitDir } from './open-local';
import { readBlobs, readSizes } from './read-blobs';
import { listTree, resolveCommit } from './read-tree';

const FILES = Array.from({ length: 1_200 }, (_, place) => [`file${place}`, `text ${place}\n`] as const);
const SKETCH = { commits: [{ message: 'feat: begin', files: Object.fromEntries(FILES) }] };

test('one process answers reader after reader and ends when nobody comes', async () => {
  await using work = await temporaryDirectory();
  const { repository, ids } = await sketched(work.path);

  expect(await texts(readBlobs(repository, ids))).toHaveLength(ids.length);
  expect(await all(readSizes(repository, [...ids, '0'.repeat(40)]))).toHaveLength(ids.length + 1);
  const [first] = await running(work.path);
  expect(await texts(readBlobs(repository, ids.slice(0, 1)))).toHaveLength(1);

  expect(await running(work.path)).toEqual([first]);
  const readAnswer = (reader: ByteReader) => reader.line();
  await all(askObjects(repository, { question: 'info', ids: ids.slice(0, 1), readAnswer, idleMs: 1 }));
  await until('the process to end', async () => (await running(work.path)).length === 0);
});

test('a reader that leaves early takes its answers along', async () => {
  await using work = await temporaryDirectory();
  const { repository, ids } = await sketched(work.path);

  for await (const { blobId } of readBlobs(repository, ids)) {
    expect(blobId).toBe(ids[0]);
    break;
  }
  const [only] = await all(readSizes(repository, [ids[5] ?? '']));
  const [entry] = (await listTree(repository, await resolveCommit(repository))).filter(
    ({ blobId }) => blobId === ids[5],
  );
  expect(only).toBe(entry?.sizeBytes);
});

test('two readers at once each get their own answers', async () => {
  await using work = await temporaryDirectory();
  const { repository, ids } = await sketched(work.path);
  const backwards = [...ids].reverse();

  const [one, other] = await Promise.all([texts(readBlobs(repository, ids)), texts(readBlobs(repository, backwards))]);

  expect(one).toEqual([...other].reverse());
});

test('who was stopped is told so, and the next one is served', async () => {
  await using work = await temporaryDirectory();
  const { repository, ids } = await sketched(work.path);
  const stop = new AbortController();

  const reading = (async () => {
    for await (const _ of readBlobs(repository, ids, stop.signal)) stop.abort();
  })();

  await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
  await expect(all(readSizes(repository, ids, stop.signal))).rejects.toMatchObject({ code: 'cancelled' });
  expect(await all(readSizes(repository, ids.slice(0, 3)))).toHaveLength(3);
});

test('who is stopped before the first answer hears none', async () => {
  await using work = await temporaryDirectory();
  const { repository, ids } = await sketched(work.path);
  const stop = new AbortController();
  const first = readSizes(repository, ids.slice(0, 3), stop.signal).next();

  stop.abort();

  await expect(first).rejects.toMatchObject({ code: 'cancelled' });
});

test('who is stopped hears no answer that was there already', async () => {
  await using work = await temporaryDirectory();
  const { repository, ids } = await sketched(work.path);
  const stop = new AbortController();
  const sizes = readSizes(repository, ids.slice(0, 3), stop.signal);
  await sizes.next();

  stop.abort();

  await expect(sizes.next()).rejects.toMatchObject({ code: 'cancelled' });
});

test('a process that was killed at rest is not missed', async () => {
  await using work = await temporaryDirectory();
  const { repository, ids } = await sketched(work.path);
  await all(readSizes(repository, ids));
  const [id] = await running(work.path);
  if (id === undefined) throw new Error('no process is at rest');

  process.kill(id, 'SIGKILL');
  await until('it to be gone', async () => (await running(work.path)).length === 0);

  expect(await all(readSizes(repository, ids))).toHaveLength(ids.length);
});

test('a process that ends before its first answer to a new reader is not missed either', async () => {
  await using work = await temporaryDirectory();
  const { repository, ids } = await sketched(work.path);
  await all(readSizes(repository, ids));
  const [id] = await running(work.path);
  if (id === undefined) throw new Error('no process is at rest');

  process.kill(id, 'SIGSTOP');
  const before = pipes();
  const sizes = all(readSizes(repository, ids));
  await until('it to be asked', async () => pipes() > before);
  process.kill(id, 'SIGKILL');

  expect(await sizes).toHaveLength(ids.length);
});

test('many repositories leave few processes waiting', async () => {
  await using work = await temporaryDirectory();
  const { repository, ids } = await sketched(work.path);

  for (let copy = 0; copy < 10; copy += 1) {
    const gitDir = join(work.path, `copy${copy}`);
    await cp(repository.gitDir, gitDir, { recursive: true });
    await all(readSizes({ ...repository, gitDir }, ids.slice(0, 1)));
  }

  expect((await running(work.path)).length).toBeLessThanOrEqual(8);
});

test('who leaves early leaves no pipe behind', async () => {
  await using work = await temporaryDirectory();
  const files = { large: 'large '.repeat(100_000) };
  const gitDir = await makeRepository(join(work.path, 'one.git'), { commits: [{ message: 'feat: begin', files }] });
  const repository = await openGitDir(gitDir);
  const [entry] = await listTree(repository, await resolveCommit(repository));
  const before = pipes();

  for (let reader = 0; reader < 5; reader += 1) {
    for await (const _ of readBlobs(
      repository,
      Array.from({ length: 5 }, () => entry?.blobId ?? ''),
    ))
      break;
  }

  await until('all pipes to be closed', async () => pipes() <= before);
});

test('objects of a repository that is gone are not told as missing', async () => {
  await using work = await temporaryDirectory();
  const { repository, ids } = await sketched(work.path);
  await rm(repository.gitDir, { recursive: true });

  await expect(all(readBlobs(repository, ids))).rejects.toThrow();
});

test('a repository made anew under its name is read anew', async () => {
  await using work = await temporaryDirectory();
  const { repository, ids } = await sketched(work.path);
  await all(readSizes(repository, ids));
  await rm(repository.gitDir, { recursive: true });
  await makeRepository(repository.gitDir, { commits: [{ message: 'feat: begin anew', files: { other: 'other\n' } }] });

  const [entry] = await listTree(repository, await resolveCommit(repository));
  expect(await all(readSizes(repository, [entry?.blobId ?? '', ids[0] ?? '']))).toEqual([6, null]);
});

/** Those at rest do not count. */
function pipes(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'PipeWrap').length;
}

async function sketched(root: string) {
  const repository = await openGitDir(await makeRepository(join(root, 'one.git'), SKETCH));
  const tree = await listTree(repository, await resolveCommit(repository));
  return { repository, ids: tree.map(({ blobId }) => blobId) };
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function texts(blobs: ReturnType<typeof readBlobs>): Promise<string[]> {
  return (await all(blobs)).map(({ bytes }) => bytes?.toString() ?? '');
}

/** Ids of the processes that read objects in a directory. */
async function running(root: string): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,args=']);
  return stdout
    .split('\n')
    .filter((line) => line.includes('cat-file') && line.includes(root))
    .map((line) => Number.parseInt(line, 10));
}
