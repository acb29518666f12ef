import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { magicResult, markerFinding, runJudgedAudit } from '@/tests/support/judged-audits';
import { type LocalRepository, localRepository } from '@/tests/support/local-repository';
import { getFindingOrigin } from './finding-origin';
import { getFinding } from './findings';

let database: TestDatabase;
let repository: LocalRepository;
let team: TestTeam;

beforeAll(async () => {
  database = await testDatabase();
  repository = await localRepository({
    commits: [
      {
        message: 'feat: begin',
        author: 'Rin <rin@example.org>',
        files: { 'src/a.ts': 'one();\ntwo();\n', 'lib/b.ts': 'b();\n' },
      },
      {
        message: 'feat: go on',
        author: 'Sora <sora@example.org>',
        files: { 'src/a.ts': 'one();\nthree();\n', '.github/CODEOWNERS': '* @all\n/src/ @core @ops\n/lib/\n' },
      },
    ],
  });
  team = await createTeam();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await repository[Symbol.asyncDispose]();
});

test('a finding comes with the last change of its line, and belongs to whom CODEOWNERS names', async () => {
  const id = await found('src/a.ts', 2);

  const origin = await getFindingOrigin(team.as('viewer'), id);

  expect(origin).toMatchObject({
    introducedCommit: repository.head,
    authorName: 'Sora',
    owners: ['@core', '@ops'],
    ownerSource: 'codeowners',
  });
  expect((await getFinding(team.as('viewer'), id)).origin).toEqual(origin);
});

test('where CODEOWNERS names nobody it belongs to who wrote the line', async () => {
  const origin = await getFindingOrigin(team.as('viewer'), await found('lib/b.ts', 1));

  expect(origin).toMatchObject({ authorName: 'Rin', owners: ['Rin'], ownerSource: 'blame' });
  expect(origin.introducedCommit).not.toBe(repository.head);
});

test('a finding about no line comes from nowhere in particular', async () => {
  const origin = await getFindingOrigin(team.as('viewer'), await found(null, null));

  expect(origin).toEqual({
    introducedCommit: null,
    introducedAt: null,
    authorName: null,
    owners: [],
    ownerSource: null,
  });
});

test('another team is told nothing', async () => {
  const id = await found('src/a.ts', 1);

  await expect(getFindingOrigin((await createTeam()).as('owner'), id)).rejects.toMatchObject({ code: 'not_found' });
});

async function found(path: string | null, startLine: number | null): Promise<string> {
  const projectId = await createProject(team, { path: repository.path });
  const finding = markerFinding('a', { path, startLine, endLine: startLine });
  const results = [magicResult('integrity', [finding])];
  await runJudgedAudit(team.as('member'), projectId, { results, commitId: repository.head });
  return (await db().finding.findFirstOrThrow({ where: { projectId } })).id;
}
