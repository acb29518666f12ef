import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { actAsSystem } from '@/lib/auth/tenants';
import { PROGRAMS, programEnv } from '@/scripts/supervisor/programs';
import { copyTemplate, startDatabaseServer } from '@/tests/support/postgres';
import { buildPrograms } from './build-programs';

/**
 * `npm run bench:pipeline -- <clone> [options for Node]`: what audits cost the built worker, on a PostgreSQL of its own:
 * a cold one, the same commit again, and one after twenty more commits; and how long the first finding takes.
 */
const COMMITS_LATER = 20;
/** Long enough for what is not needed any more to be let go. */
const REST_MS = 20_000;
const POLL_MS = 20;
const TICK_MS = 10;
const [given = '.', ...nodeOptions] = process.argv.slice(2);
const clone = resolve(given);
const root = fileURLToPath(new URL('..', import.meta.url));
const outdir = join(root, 'dist', 'bench', 'pipeline');
const work = mkdtempSync(join(tmpdir(), 'elder-bench-'));
const bare = join(work, 'repository.git');

const Counts = z.object({ findings: z.number().default(0) });

interface Usage {
  /** CPU milliseconds of the worker and of the Git processes it waited for. */
  ownMs: number;
  gitMs: number;
  residentMb: number;
  peakMb: number;
}

interface Row {
  name: string;
  wallMs: number;
  /** From the end of the preparation, which clones, until a finding is there to see. */
  firstFindingMs: number | null;
  ownMs: number;
  gitMs: number;
  peakMb: number;
  hash: string;
}

await buildPrograms(outdir, { worker: 'workers/main.ts' }, { sourcemap: 'linked' });
git('clone', '--quiet', '--bare', clone, bare);
const head = git('--git-dir', bare, 'rev-parse', 'HEAD');
const branch = git('--git-dir', bare, 'symbolic-ref', 'HEAD');
const earlier = git('--git-dir', bare, 'rev-parse', `HEAD~${COMMITS_LATER}`);

await using server = await startDatabaseServer();
Object.assign(process.env, {
  DATABASE_URL: (await copyTemplate(server.access)).url,
  ELDER_DATA_DIR: join(work, 'data'),
  ALLOW_LOCAL_REPOSITORIES: 'true',
  LOG_LEVEL: 'warn',
  NODE_ENV: 'production',
});
actAsSystem();
const { closeDb, db } = await import('@/lib/db/client');
const { env } = await import('@/lib/env');
const { createOwner } = await import('@/lib/services/users');
const { registerFor } = await import('@/lib/services/register-at-start');
const { closePublisher } = await import('@/lib/realtime/publish');
const owner = await db().$transaction((tx) =>
  createOwner(tx, { email: 'bench@example.com', name: 'Bench', teamName: 'Bench', passwordHash: 'none' }),
);

const rows: Row[] = [];
try {
  console.log(`${clone}, load ${loadavg()[0]?.toFixed(1)}\n`);
  await withWorker(async (measure) => {
    await measure('cold audit', head);
    await measure('the same commit again', head);
  });
  await db().$transaction([db().blobFactRow.deleteMany(), db().commitFactRow.deleteMany()]);
  await withWorker(async (measure) => {
    await measure(`cold audit of HEAD~${COMMITS_LATER}`, earlier);
    await measure(`audit ${COMMITS_LATER} commits later`, head);
  });
  const hashes = new Set(rows.filter(({ name }) => !name.includes('HEAD~')).map(({ hash }) => hash));
  console.log(`\nresult ${hashes.size === 1 ? 'identical' : 'DIFFERS'}: ${[...hashes].join(' ')}`);
  process.exitCode = hashes.size === 1 ? 0 : 1;
} finally {
  await closePublisher();
  await closeDb();
  rmSync(work, { recursive: true, force: true });
}

async function withWorker(run: (measure: (name: string, commit: string) => Promise<void>) => Promise<void>) {
  const program = PROGRAMS.production.worker.map((word) => (word.endsWith('.js') ? join(outdir, 'worker.js') : word));
  const worker = spawn(process.execPath, [...nodeOptions, ...program], {
    env: programEnv('worker', process.env, env()),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  try {
    await Promise.race([once(worker, 'message'), once(worker, 'exit').then(() => fail('the worker did not start'))]);
    await run((name, commit) => measureAudit(worker, name, commit));
    await wait(REST_MS);
    console.log(`at rest: ${Math.round(usageOf(worker).residentMb)} MB resident\n`);
  } finally {
    worker.kill('SIGTERM');
    if (worker.exitCode === null && worker.signalCode === null) await once(worker, 'exit');
  }
}

async function measureAudit(worker: ChildProcess, name: string, commit: string): Promise<void> {
  git('--git-dir', bare, 'update-ref', branch, commit);
  const before = usageOf(worker);
  const startedAt = performance.now();
  const projectId = await registerFor(owner, bare);
  for (;;) {
    const audit = await db().audit.findFirst({ where: { projectId }, orderBy: { number: 'desc' } });
    if (audit && audit.status !== 'queued' && audit.status !== 'running') {
      if (audit.status !== 'completed') fail(`${name} ended as ${audit.status}`);
      const wallMs = performance.now() - startedAt;
      const { ownMs, gitMs, peakMb } = usageOf(worker);
      const row = {
        name,
        wallMs,
        firstFindingMs: await firstFindingOf(audit.id),
        ownMs: ownMs - before.ownMs,
        gitMs: gitMs - before.gitMs,
        peakMb,
        hash: audit.resultHash ?? 'none',
      };
      rows.push(row);
      print(row);
      return;
    }
    await wait(POLL_MS);
  }
}

async function firstFindingOf(auditId: string): Promise<number | null> {
  const jobs = await db().auditJob.findMany({ where: { auditId, status: 'done' }, orderBy: { endedAt: 'asc' } });
  const prepared = jobs.find(({ kind }) => kind === 'prepare')?.endedAt;
  const judged = jobs.find(({ kind, counts }) => kind === 'judge' && Counts.parse(counts).findings > 0)?.endedAt;
  return prepared && judged ? judged.getTime() - prepared.getTime() : null;
}

function print({ name, wallMs, firstFindingMs, ownMs, gitMs, peakMb }: Row): void {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  const first = firstFindingMs === null ? 'none' : seconds(firstFindingMs);
  console.log(
    `${name.padEnd(30)} wall ${seconds(wallMs)}, first finding ${first}  CPU ${seconds(ownMs)} + Git ${seconds(gitMs)}  peak ${Math.round(peakMb)} MB`,
  );
}

function usageOf({ pid }: ChildProcess): Usage {
  // The name in parentheses may hold spaces.
  const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const ticks = fields.split(' ').slice(11, 15).map(Number);
  const [user = 0, system = 0, gitUser = 0, gitSystem = 0] = ticks;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) / 1024;
  return {
    ownMs: (user + system) * TICK_MS,
    gitMs: (gitUser + gitSystem) * TICK_MS,
    residentMb: megabytes('VmRSS'),
    peakMb: megabytes('VmHWM'),
  };
}

function git(...args: string[]): string {
  return execFileSync('git', args, { encoding: 'utf8' }).trim();
}

function fail(message: string): never {
  throw new Error(message);
}
