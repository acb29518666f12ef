import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { WORKER_KINDS, type WorkerKind } from '@/lib/env';
import { runGit } from '@/lib/git/run-git';
import { logger } from '@/lib/logger';
import type { Sketch } from '@/lib/magics/define';
import { closePublisher } from '@/lib/realtime/publish';
import { requestAudit } from '@/lib/services/audits';
import { getFindingCode } from '@/lib/services/finding-code';
import { checkRegistration, createProject } from '@/lib/services/registration';
import { auditEnd, until } from '@/tests/support/audits';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createTeam, type TestTeam } from '@/tests/support/factories';
import { type Behaviour, type GitRemote, makeRepository, serveGit } from '@/tests/support/git-remote';
import { plantPrograms } from '@/tests/support/hostile-settings';
import { startWorker } from './worker';

const SKETCH: Sketch = {
  commits: [
    {
      message: 'feat: begin',
      files: { 'src/pay.ts': 'export function pay() {\n  // TODO: charge the card\n  return true;\n}\n' },
    },
    { message: 'docs: tell', files: { 'README.md': '# Pay\n' } },
  ],
};
const queuePrefix = randomUUID();

let database: TestDatabase;
let dataDir: string;
let work: string;
let team: TestTeam;
let remote: GitRemote;
let behave: Behaviour;

beforeAll(async () => {
  database = await testDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), 'elder-data-'));
  process.env.ELDER_DATA_DIR = dataDir;
  process.env.ALLOW_LOCAL_REPOSITORIES = 'true';
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await rm(dataDir, { recursive: true, force: true });
});

beforeEach(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'elder-test-'));
  await makeRepository(path.join(work, 'a.git'), SKETCH);
  behave = () => false;
  remote = await serveGit(work, (request, response) => behave(request, response));
  team = await createTeam();
});

afterEach(async () => {
  await remote[Symbol.asyncDispose]();
  await rm(work, { recursive: true, force: true });
});

describe('a repository of this machine whose settings name programs', () => {
  test('is checked, registered, audited and shown, and none of them is run', async () => {
    const canary = path.join(work, 'canary');
    const tree = path.join(work, 'tree');
    await runGit(['clone', '--quiet', '--', path.join(work, 'a.git'), tree], { protocols: ['file'] });
    const honest = await audited({ repositoryUrl: path.join(work, 'a.git') });
    await plantPrograms(path.join(tree, '.git'), canary);

    const check = await checkRegistration(team.as('member'), { repositoryUrl: tree });
    const hostile = await audited({ repositoryUrl: tree });
    const finding = await db().finding.findFirstOrThrow({
      where: { projectId: hostile.projectId, ruleId: 'integrity/no-unfinished-code' },
    });
    const code = await getFindingCode(team.as('viewer'), finding.id, 2);

    expect(check).toMatchObject({ canRegister: true });
    expect(hostile).toMatchObject({ status: 'completed', resultHash: honest.resultHash });
    expect(code.lines.map(({ blame }) => blame?.subject)).toEqual(Array(4).fill('feat: begin'));
    expect(existsSync(canary)).toBe(false);
  });

  test('that is damaged is refused as damaged, without a path of this machine in the answer', async () => {
    const gitDir = path.join(work, 'a.git');
    const id = (await readFile(path.join(gitDir, 'refs', 'heads', 'main'), 'utf8')).trim();
    await rm(path.join(gitDir, 'objects', id.slice(0, 2), id.slice(2)));

    const check = await checkRegistration(team.as('member'), { repositoryUrl: gitDir });
    const error = await createProject(team.as('member'), { repositoryUrl: gitDir }).catch((thrown) => thrown);

    expect(check.checks.at(-1)).toMatchObject({
      id: 'reachable',
      outcome: 'failed',
      detail: { id: 'repository_corrupt' },
    });
    expect(error).toMatchObject({ code: 'repository_corrupt' });
    expect(error.message).not.toContain(work);
  });
});

describe('a mirror', () => {
  test.each<[string, (mirror: string) => Promise<void>]>([
    ['removed', (mirror) => rm(mirror, { recursive: true })],
    ['cut short', async (mirror) => truncatePack(mirror)],
  ])('%s between two jobs of an audit is fetched again', async (_, hurt) => {
    const auditId = await register({ repositoryUrl: `${remote.url}/a.git` });
    await using reader = await working(['git', 'collect', 'maintain']);
    await until('facts to be read', async () => (await db().auditJob.count({ where: { auditId, kind: 'judge' } })) > 0);
    await reader.stop();
    const [mirror = ''] = await readdir(path.join(dataDir, 'mirrors'));
    await hurt(path.join(dataDir, 'mirrors', mirror));

    await using _worker = await working();
    const audit = await auditEnd(auditId);
    await rm(path.join(dataDir, 'mirrors'), { recursive: true });

    expect(audit).toMatchObject({ status: 'completed', errorCode: null });
  });

  test('whose objects are garbled in place is made anew by the next audit', async () => {
    const first = await audited({ repositoryUrl: `${remote.url}/a.git` });
    const [mirror = ''] = await readdir(path.join(dataDir, 'mirrors'));
    await garblePack(path.join(dataDir, 'mirrors', mirror));

    const second = await auditedAgain(first.projectId);

    expect(second).toMatchObject({ status: 'completed', resultHash: first.resultHash });
  });

  test('is closed to other users, with all that holds it', async () => {
    await audited({ repositoryUrl: `${remote.url}/a.git` });

    const mirrors = path.join(dataDir, 'mirrors');

    expect((await stat(mirrors)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(mirrors)) expect((await stat(path.join(mirrors, name))).mode & 0o077).toBe(0);
  });
});

describe('a source that changes after it was registered', () => {
  test.each([
    ['is deleted', 404, {}, 'repository_not_found'],
    ['becomes private', 401, { 'www-authenticate': 'Basic realm="x"' }, 'repository_auth_required'],
    ['is renamed', 301, { location: 'https://git.example/b/b.git' }, 'repository_redirected'],
    [
      'answers nonsense',
      200,
      { 'content-type': 'application/x-git-upload-pack-advertisement' },
      'repository_unreadable',
    ],
  ])('and %s ends its next audit with the reason, and keeps what is known', async (_, status, headers, code) => {
    const first = await audited({ repositoryUrl: `${remote.url}/a.git` });
    behave = (_request, response) => {
      response.writeHead(status, headers as Record<string, string>).end('<html>');
      return true;
    };

    const second = await auditedAgain(first.projectId);

    expect(second).toMatchObject({ status: 'failed', errorCode: code });
    expect(second.project).toMatchObject({ accessProblem: code, currentAuditId: first.id });
  });
});

test('a commit of a thousand million files ends its audit at the limit', async () => {
  const gitDir = path.join(work, 'a.git');
  await plantBomb(gitDir);
  const before = process.memoryUsage().rss;

  const audit = await audited({ repositoryUrl: `${remote.url}/a.git` });

  expect(audit).toMatchObject({ status: 'failed', errorCode: 'repository_too_large' });
  expect(process.memoryUsage().rss - before).toBeLessThan(700 * 1024 ** 2);
});

async function register(request: { repositoryUrl: string }): Promise<string> {
  return (await createProject(team.as('member'), request)).auditId;
}

async function audited(request: { repositoryUrl: string }) {
  const auditId = await register(request);
  await using _ = await working();
  return await auditEnd(auditId);
}

async function auditedAgain(projectId: string) {
  const body = { auditType: 'full', priority: 'normal' } as const;
  const { taskId } = await requestAudit(team.as('member'), projectId, body, { trigger: 'manual' });
  await using _ = await working();
  return await auditEnd(taskId);
}

async function working(kinds: readonly WorkerKind[] = WORKER_KINDS) {
  const worker = await startWorker({ databaseUrl: database.url, kinds, concurrency: 2, log: logger(), queuePrefix });
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= worker.stop();
    return stopped;
  };
  return { stop, [Symbol.asyncDispose]: stop };
}

async function packOf(mirror: string): Promise<string> {
  const packs = path.join(mirror, 'objects', 'pack');
  const pack = path.join(packs, (await readdir(packs)).find((name) => name.endsWith('.pack')) ?? '');
  await chmod(pack, 0o600);
  return pack;
}

async function truncatePack(mirror: string): Promise<void> {
  await truncate(await packOf(mirror), 60);
}

/** Every object is hurt; names and sizes stay. */
async function garblePack(mirror: string): Promise<void> {
  const pack = await packOf(mirror);
  const bytes = await readFile(pack);
  bytes.fill(0x5a, 12, bytes.length - 20);
  await writeFile(pack, bytes);
}

/** A few trees that list ten to the power of nine files. */
async function plantBomb(gitDir: string): Promise<void> {
  const make = async (args: string[], input: string) => (await runGit(args, { gitDir, input })).toString().trim();
  let id = await make(['hash-object', '-w', '--stdin'], 'boom');
  for (let level = 0; level < 9; level += 1) {
    const kind = level === 0 ? '100644 blob' : '040000 tree';
    id = await make(['mktree'], Array.from({ length: 10 }, (_, place) => `${kind} ${id}\td${place}\n`).join(''));
  }
  const author = 'A <a@example.com> 1700000000 +0000';
  const commit = `tree ${id}\nauthor ${author}\ncommitter ${author}\n\nfeat: boom\n`;
  await runGit(
    ['update-ref', 'refs/heads/main', await make(['hash-object', '-t', 'commit', '-w', '--stdin'], commit)],
    { gitDir },
  );
}
