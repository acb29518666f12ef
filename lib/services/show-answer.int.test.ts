import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { messagesIn } from '@/lib/i18n/messages';
import { logger } from '@/lib/logger';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createTeam } from '@/tests/support/factories';
import { startFakeBitbucketCloud } from '@/tests/support/providers/fake-bitbucket-cloud';
import { requestPullRequestAudit } from './pull-request-audits';
import { newRowId, seal } from './sealed-columns';
import { showAnswer } from './show-answer';

const NUMBER = 1;
const words = messagesIn('en').pullRequests;

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  process.env.ALLOW_LOCAL_REPOSITORIES = 'true';
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

/** A pull request that was delivered, and whose audit nobody runs yet. */
async function delivered() {
  const { teamId } = await createTeam();
  const fake = await startFakeBitbucketCloud();
  const connectionId = newRowId();
  const secret = await seal('connections.secret', { teamId, rowId: connectionId }, fake.token);
  const connection = { id: connectionId, teamId, provider: 'bitbucket_cloud', baseUrl: fake.url, name: 'Bitbucket' };
  await db().connection.create({ data: { ...connection, kind: 'token', secret } });
  const repositoryUrl = `${fake.url}/elders/castle.git`;
  const { id: projectId } = await db().project.create({
    data: {
      ...{ teamId, name: 'Castle', branch: 'main', repositoryUrl, canonicalKey: repositoryUrl },
      ...{ connectionId, provider: 'bitbucket_cloud', providerPath: 'elders/castle' },
    },
  });
  const headCommitId = fake.held.head;
  const { id: pullRequestId } = await db().pullRequest.create({
    data: {
      ...{ projectId, number: NUMBER, title: 'Change 1', url: `${fake.url}/elders/castle/pull-requests/1` },
      ...{ isFork: false, baseBranch: 'main', headBranch: 'feature/login', headRef: 'refs/heads/feature/login' },
      headCommitId: headCommitId.slice(0, 12),
    },
  });
  const asked = await db().$transaction((tx) => requestPullRequestAudit(tx, pullRequestId));
  return {
    fake,
    auditId: asked?.auditId ?? '',
    head: headCommitId,
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  };
}

describe('a commit of which Bitbucket Cloud told the beginning', () => {
  test('is shown as the newest of its pull request before its audit runs', async () => {
    await using told = await delivered();

    await showAnswer(told.auditId, logger());

    expect([...told.fake.held.states]).toEqual([
      [`${told.head} Ancient Elder`, expect.objectContaining({ state: 'INPROGRESS', description: words.pending })],
    ]);
  });

  test('is shown nothing once another took its place', async () => {
    await using told = await delivered();
    const [pull] = told.fake.held.pullRequests;
    Object.assign(pull as object, { headCommitId: told.fake.held.base });

    await showAnswer(told.auditId, logger());

    expect(told.fake.held.states.size).toBe(0);
  });
});
