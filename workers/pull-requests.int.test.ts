import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { app } from '@/lib/api/app';
import { closeDb, db } from '@/lib/db/client';
import { env, WORKER_KINDS, type WorkerKind } from '@/lib/env';
import { runGit } from '@/lib/git/run-git';
import { messagesIn } from '@/lib/i18n/messages';
import { logger } from '@/lib/logger';
import type { Sketch } from '@/lib/magics/define';
import type { Finding } from '@/lib/magics/types';
import { JOBS } from '@/lib/queues/catalog';
import { closePublisher } from '@/lib/realtime/publish';
import { comparedFindingAnchor } from '@/lib/schemas/comparisons';
import { compareAudits } from '@/lib/services/audit-comparison';
import { requestAudit } from '@/lib/services/audits';
import { repairAnswers } from '@/lib/services/commit-answers';
import { getWebhook } from '@/lib/services/project-webhooks';
import { requestPullRequestAudit } from '@/lib/services/pull-request-audits';
import { loadPullRequestChanges } from '@/lib/services/pull-request-changes';
import { newRowId, seal } from '@/lib/services/sealed-columns';
import { showAnswer } from '@/lib/services/show-answer';
import { auditEnd, until } from '@/tests/support/audits';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createTeam, type TestTeam } from '@/tests/support/factories';
import { makeRepository, serveGit } from '@/tests/support/git-remote';
import { github, sentBy } from '@/tests/support/providers/deliveries';
import { type FakeGitHub, type FakeRepository, startFakeGitHub } from '@/tests/support/providers/fake-github';
import { showAnswerJob } from './jobs/show-answer';
import { startWorker } from './worker';

let database: TestDatabase;
let dataDir: string;

beforeAll(async () => {
  database = await testDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), 'elder-pulls-'));
  process.env.ELDER_DATA_DIR = dataDir;
  process.env.ALLOW_LOCAL_REPOSITORIES = 'true';
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await rm(dataDir, { recursive: true, force: true });
});

const marked = (note: string) => `export function pay() {\n  // TODO: ${note}\n  return true;\n}\n`;
const CLEAN = 'export function pay() {\n  return charge();\n}\n';
const NUMBER = 7;
const UNFINISHED = 'integrity/no-unfinished-code';

/** 0 is where the branches part, 1 is main, 2 and 3 are the pull request, 4 is one that asks for silence. */
const SKETCH: Sketch = {
  commits: [
    {
      message: 'feat: begin',
      files: { 'src/old.ts': marked('stays here'), 'src/gone.ts': marked('goes away'), 'src/move.ts': marked('moves') },
    },
    { message: 'feat: on main', parent: 0, files: { 'src/main.ts': marked('only on main') } },
    {
      message: 'feat: propose',
      parent: 0,
      files: {
        'src/new.ts': marked('brought along'),
        'src/gone.ts': CLEAN,
        'src/move.ts': null,
        'src/moved.ts': marked('moves'),
      },
    },
    { message: 'fix: finish', parent: 2, files: { 'src/new.ts': CLEAN } },
    {
      message: 'chore: look away',
      parent: 2,
      files: { '.elder.yml': 'version: 1\nignorePaths:\n  - src/new.ts\n' },
    },
  ],
};

const POLICY = {
  rules: { [UNFINISHED]: { severity: 'medium' as const } },
  magics: Object.fromEntries(
    ['tdd', 'flow', 'sages', 'git', 'servant', 'strict', 'predictive'].map((magic) => [magic, { isEnabled: false }]),
  ),
  gate: {
    health: { warn: null, fail: null },
    failedMagic: 'ignored' as const,
    newFindings: { medium: { fail: 0, warn: null } },
  },
};

async function hosted(team: TestTeam, { isFork = false }: { isFork?: boolean } = {}) {
  const root = path.join(dataDir, randomUUID());
  const gitDir = await makeRepository(path.join(root, 'shop.git'), SKETCH);
  const point = (ref: string, to: string) => runGit(['update-ref', ref, to], { gitDir });
  await point('refs/heads/main', 'refs/sketch/1');
  await point(`refs/pull/${NUMBER}/head`, 'refs/sketch/2');
  const idOf = async (ref: string) => (await runGit(['rev-parse', ref], { gitDir })).toString().trim();
  const remote = await serveGit(root);
  const { id: projectId } = await db().project.create({
    data: {
      teamId: team.teamId,
      name: 'Shop',
      repositoryUrl: `${remote.url}/shop.git`,
      canonicalKey: `${remote.url}/shop`,
      branch: 'main',
    },
  });
  const { id: pullRequestId } = await db().pullRequest.create({
    data: {
      projectId,
      number: NUMBER,
      title: 'Propose',
      url: 'https://example.com/shop/pull/7',
      isFork,
      baseBranch: 'main',
      headBranch: 'propose',
      headRef: `refs/pull/${NUMBER}/head`,
      headCommitId: await idOf('refs/sketch/2'),
    },
  });
  const ask = () => db().$transaction((tx) => requestPullRequestAudit(tx, pullRequestId));
  const push = async (to: string) => {
    await point(`refs/pull/${NUMBER}/head`, to);
    await db().pullRequest.update({ where: { id: pullRequestId }, data: { headCommitId: await idOf(to) } });
  };
  return {
    projectId,
    pullRequestId,
    gitDir,
    ask,
    push,
    idOf,
    close: (): Promise<void> =>
      db()
        .pullRequest.update({ where: { id: pullRequestId }, data: { isOpen: false } })
        .then(() => undefined),
    [Symbol.asyncDispose]: () => remote[Symbol.asyncDispose](),
  };
}

async function working(kinds: readonly WorkerKind[] = WORKER_KINDS): Promise<AsyncDisposable> {
  const worker = await startWorker({
    databaseUrl: database.url,
    redisUrl: undefined,
    kinds,
    concurrency: 2,
    log: logger(),
    queuePrefix: randomUUID(),
  });
  return { [Symbol.asyncDispose]: () => worker.stop() };
}

async function changesOf(auditId: string) {
  const audit = await auditEnd(auditId);
  const changes = await loadPullRequestChanges(audit);
  const pathsOf = (findings: readonly Finding[] = []) =>
    findings.filter(({ ruleId }) => ruleId === UNFINISHED).map((finding) => finding.path);
  return { audit, new: pathsOf(changes?.new), fixed: pathsOf(changes?.fixed), reopened: pathsOf(changes?.reopened) };
}

interface Told {
  fake: FakeGitHub;
  repository: FakeRepository;
  host: Awaited<ReturnType<typeof hosted>>;
}

/** The same repository at a GitHub that the team may speak to, as an App or with a token. */
async function connected(team: TestTeam, kind: 'app' | 'token'): Promise<Told & AsyncDisposable> {
  const host = await hosted(team);
  const fake = await startFakeGitHub();
  const repository = fake.addRepository('acme/shop', { gitDir: host.gitDir });
  const { teamId } = team;
  const id = newRowId();
  const of = { id, teamId, provider: 'github', baseUrl: fake.url, name: 'GitHub', kind };
  if (kind === 'token') {
    const secret = await seal('connections.secret', { teamId, rowId: id }, fake.addToken(`ghp_${id}`));
    await db().connection.create({ data: { ...of, secret } });
  } else {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    fake.apps.push({ id: 1, slug: 'elder', name: 'Elder', setupUrl: '', publicKey: pem, attempts: [] });
    fake.installations.push({ id: 2, appId: 1, account: 'acme', isSuspended: false, repositories: null });
    const appId = newRowId();
    const key = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    const keys = JSON.stringify({ privateKey: key, webhookSecret: 'w', clientSecret: 'c' });
    const secrets = await seal('provider_apps.secrets', { teamId, rowId: appId }, keys);
    const app = { id: appId, teamId, provider: 'github', baseUrl: fake.url, externalId: '1' };
    await db().providerApp.create({ data: { ...app, slug: 'elder', name: 'Elder', clientId: 'Iv1', secrets } });
    await db().connection.create({ data: { ...of, appId, installationId: '2', account: 'acme' } });
  }
  const repositoryUrl = `${fake.url}/acme/shop.git`;
  const where = { id: host.projectId };
  await db().project.update({
    where,
    data: { connectionId: id, provider: 'github', providerPath: 'acme/shop', repositoryUrl },
  });
  const side = { ref: 'main', sha: await host.idOf('refs/sketch/1'), repo: { id: repository.id } };
  repository.pulls.push({
    ...{ number: NUMBER, title: 'Propose', user: { login: 'rin' }, html_url: `${fake.url}/acme/shop/pull/7` },
    ...{ state: 'open', draft: false, base: side },
    head: { ...side, ref: 'propose', sha: await host.idOf('refs/sketch/2') },
  });
  return {
    fake,
    repository,
    host,
    async [Symbol.asyncDispose]() {
      await host[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
}

const shownOf = (auditId: string) => async () =>
  (await db().commitAnswer.count({ where: { auditId, shownState: { in: ['passed', 'failed', 'neutral'] } } })) === 1;

async function expectNeutral({ repository, host }: Told, auditId: string, code: 'timeout' | 'crashed'): Promise<void> {
  const t = messagesIn('en');
  expect(await auditEnd(auditId)).toMatchObject({ status: 'failed', errorCode: code });
  expect(repository.checks).toMatchObject([
    {
      head_sha: await host.idOf('refs/sketch/2'),
      status: 'completed',
      conclusion: 'neutral',
      output: { title: t.pullRequests.failed(t.audit.jobErrors[code]) },
    },
  ]);
  expect(repository.comments).toEqual([]);
}

async function push({ repository, host }: Told, to: string): Promise<void> {
  await host.push(to);
  const [pull] = repository.pulls;
  Object.assign(pull?.head as object, { sha: await host.idOf(to) });
}

describe('the answer to a pull request', { timeout: 180_000 }, () => {
  test('is one check, with notes on changed lines, and one comment that is edited in place', async () => {
    const team = await createTeam(POLICY);
    await using told = await connected(team, 'app');
    const { repository, host } = told;
    await using _ = await working();
    const full = { auditType: 'full', priority: 'normal' } as const;
    const main = await requestAudit(team.as('member'), host.projectId, full, { trigger: 'manual' });
    await auditEnd(main.taskId);

    const first = (await host.ask())?.auditId ?? '';
    await until('the first answer', shownOf(first));
    const { gateBaselineId } = await auditEnd(first);
    const comment = repository.comments[0]?.body ?? '';
    await push(told, 'refs/sketch/3');
    const second = (await host.ask())?.auditId ?? '';
    await until('the second answer', shownOf(second));

    expect(repository.checks).toHaveLength(2);
    expect(repository.checks[0]).toMatchObject({
      name: 'Ancient Elder',
      head_sha: await host.idOf('refs/sketch/2'),
      status: 'completed',
      conclusion: 'failure',
      details_url: expect.stringContaining(`/audits/${first}`),
      output: { title: expect.stringContaining('Gate failed') },
    });
    expect(repository.checks[0]?.annotations).toContainEqual(
      expect.objectContaining({ path: 'src/new.ts', start_line: 2, annotation_level: 'warning' }),
    );
    for (const { path } of (repository.checks[0]?.annotations ?? []) as { path: string }[]) {
      expect(['src/new.ts', 'src/gone.ts', 'src/moved.ts']).toContain(path);
    }
    expect(repository.checks[1]).toMatchObject({ status: 'completed', conclusion: 'success' });
    expect(comment).toContain('src/new.ts:2');
    expect(comment).toContain(`/audits/${first}`);
    const [lineOfNew, lineOfFixed] = ['src/new.ts', 'src/gone.ts'].map(
      (path) => comment.split('\n').find((line) => line.includes(path) && line.includes('marks unfinished')) ?? '',
    );
    const project = `${env().PUBLIC_URL}/projects/${host.projectId}`;
    const compared = await compareAudits(team.as('member'), gateBaselineId ?? '', first, { limit: 50, change: 'new' });
    expect(new Set(compared.items.map(({ path }) => path))).toEqual(new Set(['src/new.ts']));
    expect(compared.differences.map(({ id }) => id)).not.toContain('moves-unknown');
    const isNew = compared.items.find(({ path, ruleId }) => path === 'src/new.ts' && ruleId === UNFINISHED);
    const address = `${project}/compare?from=${gateBaselineId}&to=${first}&change=new`;
    expect(lineOfNew).toContain(`](${address}#${comparedFindingAnchor({ fingerprint: isNew?.fingerprint ?? '' })})`);
    const known = await db().finding.findFirstOrThrow({
      where: { projectId: host.projectId, path: 'src/gone.ts', ruleId: UNFINISHED },
    });
    expect(lineOfFixed).toContain(`](${project}/findings?state=all&finding=${known.id})`);
    expect(repository.comments).toHaveLength(1);
    expect(repository.comments[0]?.body).toContain('Gate passed');
  });

  test('with a token is a status; on a commit that is old already nothing is said', async () => {
    const team = await createTeam(POLICY);
    await using told = await connected(team, 'token');
    const { repository, host } = told;
    await using _ = await working();

    const stale = (await host.ask())?.auditId ?? '';
    await until('a status', async () => repository.statuses.length > 0);
    Object.assign(repository.pulls[0]?.head as object, { sha: await host.idOf('refs/sketch/3') });
    await until('the stale audit', shownOf(stale));
    const saidWhileStale = repository.comments.length;
    await push(told, 'refs/sketch/3');
    const fresh = (await host.ask())?.auditId ?? '';
    await until('the fresh answer', shownOf(fresh));

    const [old, now] = [await host.idOf('refs/sketch/2'), await host.idOf('refs/sketch/3')];
    expect(saidWhileStale).toBe(0);
    const ofOld = repository.statuses.filter(({ sha, state }) => sha === old && state !== 'pending');
    // One that was begun before ends, without a verdict.
    for (const { state, description } of ofOld) {
      expect([state, description]).toEqual(['error', 'A newer commit took the place of this one']);
    }
    expect(repository.statuses.at(-1)).toMatchObject({ sha: now, state: 'success', context: 'Ancient Elder' });
  });

  test('is not begun on a commit that was old before anything was said', async () => {
    const team = await createTeam(POLICY);
    await using told = await connected(team, 'token');
    const { repository, host } = told;
    Object.assign(repository.pulls[0]?.head as object, { sha: await host.idOf('refs/sketch/3') });
    await using _ = await working();

    const { id } = await auditEnd((await host.ask())?.auditId ?? '');
    await showAnswer(id, logger());

    expect(repository.statuses).toEqual([]);
    expect(repository.comments).toEqual([]);
  });

  test.each(['app', 'token'] as const)('that a host was away for is given when it is back (%s)', async (kind) => {
    const team = await createTeam(POLICY);
    await using told = await connected(team, kind);
    const { fake, repository, host } = told;
    fake.answerNext(/^\/api\/v3\/repos\//, { status: 503, body: { message: 'Down for maintenance' } }, 10_000);
    const auditId = (await host.ask())?.auditId ?? '';
    {
      await using _ = await working(WORKER_KINDS.filter((one) => one !== 'deliver'));
      await auditEnd(auditId, 150_000);
    }
    await expect(showAnswer(auditId, logger())).rejects.toMatchObject({ code: 'provider_unavailable' });
    const end = { errorCode: 'provider_unavailable', log: logger() };
    await db().$transaction((tx) => showAnswerJob.giveUp(tx, { auditId }, end));
    const owed = await db().commitAnswer.findFirstOrThrow({ where: { auditId } });
    const said = [...repository.checks, ...repository.statuses, ...repository.comments];

    fake.answerAsUsual();
    await db().outboxJob.deleteMany({ where: { name: 'answer.show' } });
    await db().commitAnswer.update({ where: { auditId }, data: { retryAt: new Date(0) } });
    await repairAnswers();
    await using _ = await working();
    await until('the answer', shownOf(auditId));

    expect(said).toEqual([]);
    expect(owed).toMatchObject({ shownState: null, problem: 'provider_unavailable', retryAt: expect.any(Date) });
    if (kind === 'app') expect(repository.checks).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
    else expect(repository.statuses).toMatchObject([{ state: 'failure' }]);
    expect(repository.comments).toHaveLength(1);
    expect(await db().commitAnswer.findFirst({ where: { auditId } })).toMatchObject({ problem: null, retryAt: null });
  });

  test('of which a half arrived is ended by the other half, and nothing stands there twice', async () => {
    const team = await createTeam(POLICY);
    await using told = await connected(team, 'app');
    const { fake, repository, host } = told;
    const auditId = (await host.ask())?.auditId ?? '';
    {
      await using _ = await working(WORKER_KINDS.filter((one) => one !== 'deliver'));
      await auditEnd(auditId, 150_000);
    }
    fake.answerNext(/\/issues\/7\/comments$/, { status: 503, body: { message: 'Down for maintenance' } });

    await expect(showAnswer(auditId, logger())).rejects.toMatchObject({ code: 'provider_unavailable' });
    const halfway = repository.comments.length;
    await showAnswer(auditId, logger());

    expect(halfway).toBe(0);
    expect(repository.checks).toHaveLength(1);
    expect(repository.comments).toHaveLength(1);
  });

  test('of an audit that ran out of time is neutral, and says so', async () => {
    const team = await createTeam(POLICY);
    await using told = await connected(team, 'app');
    const timeout = AbortSignal.timeout;
    const isLong = JOBS['audit.prepare'].timeoutMs;
    const clock = vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => timeout(ms === isLong ? 1 : ms));
    onTestFinished(() => clock.mockRestore());
    await using _ = await working();

    const auditId = (await told.host.ask())?.auditId ?? '';
    await until('the answer', shownOf(auditId));

    await expectNeutral(told, auditId, 'timeout');
  });

  test('of an audit that ended its workers is neutral, and says so', async () => {
    const team = await createTeam(POLICY);
    await using told = await connected(team, 'app');
    const auditId = (await told.host.ask())?.auditId ?? '';
    // As workers leave it that end in the midst of it.
    const tries = JOBS['audit.prepare'].attempts;
    await db().auditJob.updateMany({ where: { auditId, kind: 'prepare' }, data: { tries } });
    await using _ = await working();

    await until('the answer', shownOf(auditId));

    await expectNeutral(told, auditId, 'crashed');
  });

  test('is a comment in the words of the team', async () => {
    const template = '## House rules\n\n{fixed}\n\n**{gate}**\n\n{link}';
    const team = await createTeam({ ...POLICY, pullRequests: { template } });
    await using told = await connected(team, 'app');
    await using _ = await working();

    const auditId = (await told.host.ask())?.auditId ?? '';
    await until('the answer', shownOf(auditId));

    const body = told.repository.comments[0]?.body ?? '';
    expect(body).toMatch(/^## House rules\n\n\*\*2 findings fixed\*\*\n\n- .*src\/gone\.ts/);
    expect(body).toMatch(/\n\n\*\*❌ Gate failed[^\n]*\*\*\n\n\[[^\n]*\/audits\/[\w-]+\)$/);
    expect(body).not.toContain('src/new.ts');
  });

  test('waits for a host that takes no requests, and ends a check whose audit was superseded', async () => {
    const team = await createTeam(POLICY);
    await using told = await connected(team, 'app');
    const { fake, repository, host } = told;
    const first = (await host.ask())?.auditId ?? '';
    fake.answerNext(/check-runs/, {
      status: 403,
      headers: { 'retry-after': '1' },
      body: { message: 'You have exceeded a secondary rate limit' },
    });
    // Nobody audits: what is told of it is told while it stands.
    await using _ = await working(['deliver', 'maintain']);
    await until('the check', async () => repository.checks.length > 0);
    await db().$transaction((tx) => requestPullRequestAudit(tx, host.pullRequestId, { isRepeat: true }));
    await until('its end', shownOf(first));

    expect(repository.checks[0]).toMatchObject({ status: 'completed', conclusion: 'neutral' });
  });
});

async function deliver(
  team: TestTeam,
  { host, fake, repository }: Told,
  action: string,
  pull: Record<string, unknown>,
): Promise<number> {
  const { secret } = await getWebhook(team.as('admin'), host.projectId);
  const where = { id: repository.id, full_name: 'acme/shop', html_url: `${fake.url}/acme/shop` };
  const sent = github.pullRequest(action, { repository: { ...where, clone_url: `${fake.url}/acme/shop.git` } }, pull);
  const { headers, text } = sentBy('github', sent, { secret });
  const address = `/api/v1/webhooks/github/${host.projectId}`;
  return (await app.request(address, { method: 'POST', headers: { ...headers }, body: text })).status;
}

describe('a pull request that the host tells of', { timeout: 180_000 }, () => {
  test('is audited and answered; as a draft only where the team wants it, and not once it is closed', async () => {
    const team = await createTeam(POLICY);
    await using told = await connected(team, 'app');
    const { repository, host } = told;
    await db().pullRequest.deleteMany({ where: { projectId: host.projectId } });
    await using _ = await working();
    const at = async (ref: string) => ({ ref: 'propose', sha: await host.idOf(ref), repo: { id: repository.id } });
    const base = { ref: 'main', sha: await host.idOf('refs/sketch/1'), repo: { id: repository.id } };
    const head = await at('refs/sketch/2');
    const auditsOf = () =>
      db().audit.findMany({ where: { projectId: host.projectId, trigger: 'pull_request', asOf: null } });
    const processed = (count: number) => async () =>
      (await db().webhookDelivery.count({ where: { projectId: host.projectId, status: { not: 'received' } } })) ===
      count;

    const asDraft = await deliver(team, told, 'opened', { draft: true, head, base });
    await until('the draft', processed(1));
    const whileDraft = await auditsOf();
    const ready = await deliver(team, told, 'ready_for_review', { head, base });
    await until('the ready one', processed(2));
    const [audit] = await auditsOf();
    await until('the answer', shownOf(audit?.id ?? ''));
    await deliver(team, told, 'closed', { state: 'closed', head, base });
    await until('the closed one', processed(3));

    expect([asDraft, ready]).toEqual([202, 202]);
    expect(whileDraft).toEqual([]);
    expect(await auditEnd(audit?.id ?? '')).toMatchObject({ status: 'completed', gate: 'failed', commitId: head.sha });
    expect(repository.comments).toHaveLength(1);
    expect(repository.checks).toMatchObject([{ conclusion: 'failure', head_sha: head.sha }]);
    expect(await db().pullRequest.findMany({ where: { projectId: host.projectId } })).toMatchObject([
      { number: NUMBER, isOpen: false, headRef: `refs/pull/${NUMBER}/head` },
    ]);
  });
});

describe('an audit of a pull request', { timeout: 180_000 }, () => {
  test('tells what the branch adds and mends since it left its base, and leaves the project as it is', async () => {
    const team = await createTeam(POLICY);
    await using host = await hosted(team);
    await using _ = await working();
    const main = await requestAudit(
      team.as('member'),
      host.projectId,
      { auditType: 'full', priority: 'normal' },
      { trigger: 'manual' },
    );
    await auditEnd(main.taskId);
    const before = await db().finding.findMany({ where: { projectId: host.projectId }, orderBy: { id: 'asc' } });

    const asked = await host.ask();
    const first = await changesOf(asked?.auditId ?? '');
    await host.push('refs/sketch/3');
    const second = await changesOf((await host.ask())?.auditId ?? '');

    expect(first).toMatchObject({ new: ['src/new.ts'], fixed: ['src/gone.ts'], reopened: [] });
    expect(first.audit).toMatchObject({
      status: 'completed',
      trigger: 'pull_request',
      commitId: await host.idOf('refs/sketch/2'),
      baseCommitId: await host.idOf('refs/sketch/0'),
      gate: 'failed',
    });
    expect(second).toMatchObject({ new: [], fixed: ['src/gone.ts'] });
    expect(second.audit).toMatchObject({ gate: 'passed' });
    const after = await db().finding.findMany({ where: { projectId: host.projectId }, orderBy: { id: 'asc' } });
    expect(after).toEqual(before);
    expect(first.audit.project.currentAuditId).toBe(main.taskId);
    const bases = await db().audit.findMany({ where: { projectId: host.projectId, asOf: { not: null } } });
    expect(bases).toMatchObject([{ commitId: await host.idOf('refs/sketch/0'), gate: null }]);
  });

  test('from outside goes by the settings of the base', async () => {
    const team = await createTeam(POLICY);
    await using own = await hosted(team);
    await using fork = await hosted(team, { isFork: true });
    await using _ = await working();

    await Promise.all([own.push('refs/sketch/4'), fork.push('refs/sketch/4')]);

    const ofOwn = await changesOf((await own.ask())?.auditId ?? '');
    const ofFork = await changesOf((await fork.ask())?.auditId ?? '');

    expect(ofOwn.new).not.toContain('src/new.ts');
    expect(ofFork.new).toContain('src/new.ts');
    expect(ofFork.audit.gate).toBe('failed');
  });

  test('ends when a newer commit comes, and one commit is audited once', async () => {
    const team = await createTeam(POLICY);
    await using host = await hosted(team);
    const first = await host.ask();
    const again = await host.ask();
    await host.push('refs/sketch/3');
    const newer = await host.ask();

    expect(again).toEqual({ auditId: first?.auditId, isNew: false });
    expect(newer).toMatchObject({ isNew: true });
    expect(await auditEnd(first?.auditId ?? '')).toMatchObject({ status: 'cancelled', errorCode: 'superseded' });
    await host.close();
    expect(await host.ask()).toBeNull();
  });

  test('of a commit that was taken back says so, and nothing against the project', async () => {
    const team = await createTeam(POLICY);
    await using host = await hosted(team);
    await using _ = await working();
    await db().pullRequest.update({ where: { id: host.pullRequestId }, data: { headCommitId: 'f'.repeat(40) } });

    const audit = await auditEnd((await host.ask())?.auditId ?? '');

    expect(audit).toMatchObject({ status: 'failed', errorCode: 'repository_no_such_commit' });
    expect(audit.project.accessProblem).toBeNull();
  });
});
