import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { createMemoryCache } from '@/lib/facts/cache/memory-cache';
import { INLINE_READER } from '@/lib/facts/packed-blob';
import { writeBlobPack } from '@/lib/facts/packs/blob-pack';
import { type CommitPlan, planCommit, readFacts } from '@/lib/facts/read-repository';
import { type GitRepository, openLocal } from '@/lib/git/open-local';
import { type Blob, readBlobs } from '@/lib/git/read-blobs';
import { openDirectoryStore } from '@/lib/objects/directory-store';
import { type KnownObject, putKnown } from '@/lib/objects/known-object';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { type LocalRepository, localRepository } from '@/tests/support/local-repository';
import { AuditPacks, folderOf } from './audit-objects';
import { dropAuditObjects, sweepAuditObjects } from './audit-objects-sweep';
import { openShardPack, packShards } from './audit-packs';
import { cancelAudit, requestAudit } from './audits';
import { putFacts, readFactsObject } from './facts-object';

const DAY_MS = 24 * 3_600_000;
const signal = new AbortController().signal;

let database: TestDatabase;
let objectsDir: string;
let team: TestTeam;
let remote: LocalRepository;
let repository: GitRepository;
let plan: CommitPlan;

beforeAll(async () => {
  objectsDir = await mkdtemp(path.join(tmpdir(), 'elder-objects-'));
  process.env.OBJECTS_DIR = objectsDir;
  database = await testDatabase();
  team = await createTeam();
  remote = await localRepository({
    commits: [
      {
        message: 'feat: begin',
        files: {
          'src/pay.ts': 'export function pay() {\n  // TODO: charge\n  return 1;\n}\n',
          'src/pay.js': 'export function pay() {\n  // TODO: charge\n  return 1;\n}\n',
          'src/ask.py': 'def ask():\n    return None\n',
          'data/all.json': `{"a": "${'x'.repeat(3 * 1024 ** 2)}"}`,
        },
      },
      { message: 'docs: add', files: { 'README.md': '# Pay\n' } },
    ],
  });
  repository = await openLocal(remote.path);
  plan = await planCommit({ repository, cache: createMemoryCache(), own: undefined });
});

beforeEach(async () => {
  await rm(objectsDir, { recursive: true, force: true });
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await remote[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
  await rm(objectsDir, { recursive: true, force: true });
});

describe('packs of an audit', () => {
  test('hold what Git would have given, and say what it would not', async () => {
    const packs = await packed(runOf());

    await using pack = await openShardPack(packs, 0);

    expect(pack.files).toEqual(plan.tree);
    const read = plan.tree.filter(({ path: name }) => name !== 'data/all.json').map(({ blobId }) => blobId);
    expect(await all(pack.blobs(read))).toEqual(await all(readBlobs(repository, read, signal)));
    const [large = ''] = plan.tree.filter(({ path: name }) => name === 'data/all.json').map(({ blobId }) => blobId);
    await expect(all(pack.blobs([large]))).rejects.toMatchObject({ code: 'pack_damaged' });
  });

  test('hold nothing where nothing is to be read, and then need no object', async () => {
    const nothing = { ...plan, missing: [], ownMissing: [] };
    const packs = await packShards(runOf(), nothing, repository, signal);

    expect(packs).toEqual({ shards: [null] });
    await using pack = await openShardPack(AuditPacks.parse(packs), 0);
    expect(pack.files).toEqual([]);
    expect(await stored()).toEqual([]);
  });

  test('of two attempts that write at once do not meet, and one goes without the other', async () => {
    const first = runOf();
    const second = { ...first, attempt: 2 };

    const [old, own, again] = await Promise.all([packed(first), packed(second), packed(second)]);
    await dropAuditObjects({ ...first, packs: old });

    await expect(openShardPack(old, 0)).rejects.toMatchObject({ code: 'pack_missing' });
    for (const packs of [own, again]) {
      await using pack = await openShardPack(packs, 0);
      expect(pack.files).toEqual(plan.tree);
    }
    expect(await stored()).toHaveLength(2);
  });

  test('are found out when a store that lies puts another pack in their place, whole by itself', async () => {
    const packs = await packed(runOf());
    const [known] = packs.shards as KnownObject[];
    const [file] = plan.tree;
    if (!known || !file) throw new Error('nothing was packed');
    const forged: Blob = { blobId: file.blobId, sizeBytes: 4, bytes: Buffer.from('evil') };
    const blobs = async function* () {
      yield forged;
    };
    using store = openDirectoryStore(objectsDir);
    const replaced = await putKnown(store, known.key, writeBlobPack([file], blobs()));

    await expect(openShardPack(packs, 0)).rejects.toMatchObject({ code: 'pack_damaged' });
    // Even where the database was told to expect it.
    await expect(openShardPack({ shards: [replaced] }, 0)).rejects.toMatchObject({ code: 'pack_damaged' });
  });

  test('say why Git could not give what a shard is to read', async () => {
    const packs: AuditPacks = { shards: [{ problem: 'repository_corrupt' }] };

    await expect(openShardPack(AuditPacks.parse(packs), 0)).rejects.toMatchObject({ code: 'repository_corrupt' });
  });
});

describe('facts of an audit in the store', () => {
  test('come back as they were', async () => {
    const pool = INLINE_READER;
    const { facts } = await readFacts({ repository, cache: createMemoryCache(), pool }, plan);

    const object = await putFacts(runOf(), facts, signal);

    expect(await readFactsObject(object)).toEqual(JSON.parse(JSON.stringify(facts)));
    expect(facts.comments?.length).toBeGreaterThan(0);
  });

  test('are refused when they are not what was written', async () => {
    const pool = INLINE_READER;
    const { facts } = await readFacts({ repository, cache: createMemoryCache(), pool }, plan);
    const run = runOf();
    const object = await putFacts(run, facts, signal);
    const other = await putFacts(run, { ...facts, comments: [] }, signal);
    using store = openDirectoryStore(objectsDir);
    await store.put(object.key, (await store.get(other.key)) as AsyncIterable<Uint8Array>);

    await expect(readFactsObject(object)).rejects.toMatchObject({ code: 'pack_damaged' });
    await store.delete(object.key);
    await expect(readFactsObject(object)).rejects.toMatchObject({ code: 'pack_missing' });
  });
});

test('what audits left is swept: of the ended, of earlier attempts, of deleted projects, and of nobody once it is old', async () => {
  const running = await auditOf();
  await db().audit.update({ where: { id: running.auditId }, data: { attempt: 2, status: 'running' } });
  const cancelled = await auditOf();
  await cancelAudit(team.as('member'), cancelled.auditId);
  const gone = runOf();
  const strange = { ...runOf(), teamId: randomUUID() };
  const old = { ...runOf(), teamId: randomUUID() };
  for (const run of [running, { ...running, attempt: 2 }, cancelled, gone, strange, old]) await packed(run);
  const [name = ''] = (await stored()).filter((key) => key.includes(old.teamId));
  const past = new Date(Date.now() - 3 * DAY_MS);
  await utimes(path.join(objectsDir, name), past, past);

  const removed = await sweepAuditObjects();

  expect(removed).toBe(4);
  const left = (await stored()).map((key) => key.split('/').slice(0, 4).join('/'));
  expect(left.sort()).toEqual(
    [folderOf({ ...running, attempt: 2 }), folderOf(strange)].map((key) => key.slice(0, -1)).sort(),
  );
});

function runOf(): { teamId: string; auditId: string; attempt: number } {
  return { teamId: team.teamId, auditId: randomUUID(), attempt: 1 };
}

async function auditOf(): Promise<ReturnType<typeof runOf>> {
  const projectId = await createProject(team);
  const { taskId } = await requestAudit(
    team.as('member'),
    projectId,
    { auditType: 'full', priority: 'normal' },
    { trigger: 'manual' },
  );
  return { ...runOf(), auditId: taskId };
}

/** As the database gives them back. */
async function packed(run: ReturnType<typeof runOf>): Promise<AuditPacks> {
  return AuditPacks.parse(JSON.parse(JSON.stringify(await packShards(run, plan, repository, signal))));
}

async function all(blobs: AsyncIterable<Blob>): Promise<Blob[]> {
  const read: Blob[] = [];
  for await (const blob of blobs) read.push(blob);
  return read;
}

async function stored(): Promise<string[]> {
  const entries = await readdir(objectsDir, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(objectsDir, path.join(parentPath, name)));
}
