import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { openS3Store } from '@/lib/objects/s3-store';
import { closePublisher } from '@/lib/realtime/publish';
import { requestAudit } from '@/lib/services/audits';
import { auditEnd, until } from '@/tests/support/audits';
import { redisUrl, type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam } from '@/tests/support/factories';
import { type Forward, forward } from '@/tests/support/forward';
import { type GitRemote, makeRepository, serveGit } from '@/tests/support/git-remote';
import { holdWrites } from '@/tests/support/hold';
import { isReachable, makeNetworkNamespace, type NetworkNamespace } from '@/tests/support/network-namespace';
import { type S3Server, startS3Server } from '@/tests/support/s3-server';

const FULL = { auditType: 'full', priority: 'normal' } as const;
const OWN_RULES = [
  {
    id: 'own/no-old-client',
    kind: 'pattern',
    pattern: '\\boldClient\\(',
    where: 'code',
    severity: 'high',
    title: { en: 'Old client', ja: '旧クライアント' },
    why: { en: 'It is gone in May.' },
    fix: { en: 'Use the new client.' },
    message: { en: '“{match}” is old.' },
  },
];
/** Two shards: each takes 8 MiB. */
const LARGE_FILES = 10;
const LARGE_BYTES = 1_000_000;

/** A machine of its own: one way to each store, and to the Git host if it is told. */
interface Machine extends AsyncDisposable {
  dataDir: string;
  network: NetworkNamespace | null;
  /** What is started there takes the work of these kinds. */
  start: (kinds: string) => Promise<ChildProcess>;
}

const probe = makeNetworkNamespace();
const apart = probe
  ? 'network namespaces of their own'
  : 'no Git in PATH and a guard that refuses the Git host (this machine permits no network namespaces)';
probe?.[Symbol.dispose]();

let database: TestDatabase;
let s3: S3Server;
let root: string;
let git: GitRemote;
/** Where those find the Git host that may. */
let gitHost: string;
let gitNetwork: NetworkNamespace | null;
let gitDoor: Forward | null = null;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  database = await testDatabase();
  s3 = await startS3Server();
  root = await mkdtemp(path.join(tmpdir(), 'elder-remote-'));
  git = await serveGit(root);
  gitNetwork = makeNetworkNamespace();
  gitDoor = gitNetwork && (await forward(gitNetwork.address, git.port));
  gitHost = gitDoor?.host ?? `127.0.0.1:${git.port}`;
});

afterEach(async () => {
  for (const child of children) await kill(child);
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await gitDoor?.[Symbol.asyncDispose]();
  gitNetwork?.[Symbol.dispose]();
  await git[Symbol.asyncDispose]();
  await s3[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
  await rm(root, { recursive: true, force: true });
});

test(`collectors and judges reach the stores alone, and the result is that of one process; apart by ${apart}`, async () => {
  const url = await remoteOf('large', largeSketch());
  const [alone, spread] = [await createTeam({ ownRules: OWN_RULES }), await createTeam({ ownRules: OWN_RULES })];
  await using one = await machine({ network: null, isGitReachable: true, hasStore: false });
  const single = await one.start('git,collect,judge,deliver,maintain');
  const { taskId } = await requestAudit(alone.as('member'), await createProject(alone, { path: url }), FULL, {
    trigger: 'manual',
  });
  const expected = await auditEnd(taskId, 120_000);
  await kill(single);
  await using host = await machine({ network: gitNetwork, isGitReachable: true });
  await using collecting = await machine({ network: makeNetworkNamespace() });
  await using judging = await machine({ network: makeNetworkNamespace() });
  const workers = {
    git: await host.start('git,deliver,maintain'),
    collect: await collecting.start('collect'),
    judge: await judging.start('judge'),
  };

  const projectId = await createProject(spread, { path: url });
  const audit = await auditEnd(await request(spread, projectId), 120_000);

  expect(expected).toMatchObject({ status: 'completed', packs: null });
  expect(audit).toMatchObject({ status: 'completed', errorCode: null, packs: null, factsObject: null });
  expect(audit.shards).toBeGreaterThan(1);
  expect(audit.resultHash).toBe(expected.resultHash);
  const pids = new Map((await db().workerProcess.findMany()).map(({ id, pid }) => [id, pid]));
  const places = new Set(audit.jobs.map(({ kind, worker }) => `${kind} ${pids.get(worker ?? '')}`));
  expect(places).toEqual(
    new Set([
      ...['prepare', 'history', 'assemble'].map((kind) => `${kind} ${workers.git.pid}`),
      `collect ${workers.collect.pid}`,
      ...['judge', 'settle'].map((kind) => `${kind} ${workers.judge.pid}`),
    ]),
  );
  expect(audit.jobs.every(({ status, tries }) => status === 'done' && tries === 1)).toBe(true);
  expect(await db().finding.count({ where: { projectId, ruleId: 'own/no-old-client' } })).toBe(1);
  for (const { dataDir } of [collecting, judging]) expect(await kept(dataDir)).toEqual([]);
  if (collecting.network && judging.network) {
    expect([collecting.network, judging.network].map((network) => isReachable(network, gitHost))).toEqual([
      false,
      false,
    ]);
    expect(gitNetwork && isReachable(gitNetwork, gitHost)).toBe(true);
  }
  await until('the store to be empty', async () => (await stored()).length === 0);
}, 400_000);

test('what is gone from the store, or is not what was written, is tried again and makes the audit a partial one', async () => {
  const url = await remoteOf('damaged', largeSketch());
  const team = await createTeam();
  await using host = await machine({ network: gitNetwork, isGitReachable: true });
  await host.start('git,judge,deliver,maintain');
  const auditId = await request(team, await createProject(team, { path: url }));
  const packed = async () =>
    (await db().auditJob.count({ where: { auditId, kind: 'collect', status: 'waiting' } })) > 1;
  await until('shards to be packed', packed);

  using store = openS3Store(s3.settings);
  const [first = '', second = ''] = (await stored()).filter((key) => key.includes(auditId)).sort();
  await store.delete(first);
  const parts: Buffer[] = [];
  for await (const part of (await store.get(second)) as AsyncIterable<Buffer>) parts.push(part);
  const bytes = Buffer.concat(parts);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  await store.put(
    second,
    (async function* () {
      yield bytes;
    })(),
  );
  await using collecting = await machine({ network: makeNetworkNamespace() });
  await collecting.start('collect');
  const audit = await auditEnd(auditId, 120_000);

  expect(audit).toMatchObject({ status: 'partial', resultHash: null });
  const collects = audit.jobs.filter(({ kind }) => kind === 'collect').sort((a, b) => a.key.localeCompare(b.key));
  expect(collects.map(({ status, errorCode, tries }) => [status, errorCode, tries])).toEqual([
    ['failed', 'pack_missing', 4],
    ['failed', 'pack_damaged', 4],
  ]);
}, 400_000);

test('a small audit whose worker dies while it reads in place is read on by one that has no Git', async () => {
  const url = await remoteOf('small', {
    commits: [{ message: 'feat: begin', files: { 'src/a.ts': `export const a = '${randomUUID()}';\n` } }],
  });
  const team = await createTeam();
  await using host = await machine({ network: gitNetwork, isGitReachable: true });
  const first = await host.start('git,judge,deliver,maintain');
  const isEnding = "new.kind = 'collect' and new.status = 'done'";
  let auditId: string;
  {
    await using hold = await holdWrites(database.ownerUrl, 'audit_jobs', 'update', isEnding);
    auditId = await request(team, await createProject(team, { path: url }));
    await until('the files to be read', () => hold.isWaiting());
    await kill(first);
  }
  await db().blobFactRow.deleteMany();
  await using collecting = await machine({ network: makeNetworkNamespace() });
  const collector = await collecting.start('collect');
  await host.start('git,judge,deliver,maintain');
  const audit = await auditEnd(auditId, 120_000);

  expect(audit).toMatchObject({ status: 'completed', shards: 1 });
  const workers = await db().workerProcess.findMany({ where: { pid: collector.pid ?? 0 } });
  const collect = audit.jobs.find(({ kind }) => kind === 'collect');
  expect(collect).toMatchObject({ worker: workers[0]?.id, tries: 2, counts: { files: 1 } });
}, 400_000);

async function request(team: Awaited<ReturnType<typeof createTeam>>, projectId: string): Promise<string> {
  return (await requestAudit(team.as('member'), projectId, FULL, { trigger: 'manual' })).taskId;
}

/** The address of a repository at the Git host. */
async function remoteOf(name: string, sketch: Parameters<typeof makeRepository>[1]): Promise<string> {
  await makeRepository(path.join(root, `${name}.git`), sketch);
  return `http://${gitHost}/${name}.git`;
}

function largeSketch() {
  const large = Array.from({ length: LARGE_FILES }, (_, index) => {
    const line = `${createHash('sha256').update(`${index}`).digest('hex')}\n`;
    return [`notes/${index}.txt`, line.repeat(LARGE_BYTES / line.length)];
  });
  const pay = 'export function pay() {\n  // TODO: charge the card\n  return oldClient(1);\n}\n';
  return {
    commits: [
      { message: 'feat: begin', files: { ...Object.fromEntries(large), 'src/pay.ts': pay } },
      { message: 'docs: say what it is', files: { 'README.md': '# Pay\n' } },
    ],
  };
}

async function stored(): Promise<string[]> {
  using store = openS3Store(s3.settings);
  const keys: string[] = [];
  for await (const { key } of store.list('packs/')) keys.push(key);
  return keys;
}

/** What of repositories lies on a disk. */
async function kept(dataDir: string): Promise<string[]> {
  const entries = await readdir(dataDir, { recursive: true });
  return entries.filter((name) => /^(?:mirrors|unpacked)\//.test(name));
}

interface MachineOptions {
  /** null: that of this machine. */
  network: NetworkNamespace | null;
  isGitReachable?: boolean;
  /** Whether it is told of the bucket. */
  hasStore?: boolean;
}

async function machine({ network, isGitReachable = false, hasStore = true }: MachineOptions): Promise<Machine> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'elder-machine-'));
  const doors: Forward[] = [];
  const at = async (url: string): Promise<string> => {
    const moved = new URL(url);
    if (!network) return url;
    const door = await forward(network.address, Number(moved.port));
    doors.push(door);
    moved.host = door.host;
    return moved.href.replace(/\/$/, '');
  };
  const redis = redisUrl();
  const { bucket, endpoint, credentials } = s3.settings;
  const env = {
    NODE_ENV: 'production',
    LOG_LEVEL: process.env.MACHINES_LOG_LEVEL ?? 'fatal',
    // Whoever cannot reach a Git host has no Git either.
    PATH: isGitReachable ? (process.env.PATH ?? '') : '/nowhere',
    TZ: 'UTC',
    ELDER_DATA_DIR: dataDir,
    WORKER_CONCURRENCY: '2',
    DATABASE_URL: await at(database.url),
    ...(redis && { REDIS_URL: await at(redis) }),
    ...(isGitReachable && { ALLOWED_HOSTS: gitHost }),
    ...(hasStore && {
      S3_BUCKET: bucket,
      S3_ENDPOINT: await at(endpoint),
      S3_ACCESS_KEY_ID: credentials?.accessKeyId ?? '',
      S3_SECRET_ACCESS_KEY: credentials?.secretAccessKey ?? '',
    }),
  };
  return {
    dataDir,
    network,
    async start(kinds) {
      const [program, ...args] = [...(network?.enter ?? []), process.execPath, '--import', 'tsx', 'workers/main.ts'];
      const child = spawn(program ?? '', args, {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        env: { ...env, WORKER_KINDS: kinds } as unknown as NodeJS.ProcessEnv,
      });
      children.add(child);
      const [message] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
      expect(message).toBe('ready');
      return child;
    },
    async [Symbol.asyncDispose]() {
      for (const child of children) await kill(child);
      for (const door of doors) await door[Symbol.asyncDispose]();
      if (network !== gitNetwork) network?.[Symbol.dispose]();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function kill(child: ChildProcess): Promise<void> {
  children.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
