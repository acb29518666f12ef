import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import type { Finding } from '@/lib/magics/types';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { gitApply } from '@/tests/support/git-apply';
import { magicResult, markerFinding, runJudgedAudit } from '@/tests/support/judged-audits';
import { type LocalRepository, localRepository } from '@/tests/support/local-repository';
import { getFindingPatch } from './finding-patch';
import { getFinding } from './findings';
import { runHeavy } from './heavy/heavy-work';

const PAY = 'export function pay(card: Card) {\r\n  debugger;\r\n  return charge(card);\r\n}';
const LARGE = `export function large(card: Card) {\n  debugger;\n  return card;\n}\n${'// more\n'.repeat(40_000)}`;
const OLD = 'export function old(card: Card) {\n  if (card)\n    debugger;\n  return card;\n}\n';

let database: TestDatabase;
let repository: LocalRepository;
let team: TestTeam;

beforeAll(async () => {
  database = await testDatabase();
  repository = await localRepository({
    commits: [{ message: 'feat: begin', files: { 'src/pay.ts': PAY, 'src/old.ts': OLD, 'src/large.ts': LARGE } }],
  });
  team = await createTeam();
  // From source the thread takes long to load.
  await runHeavy('team', 'coverage', { bytes: Buffer.from('SF:a.ts\nDA:1,1\nend_of_record\n'), format: 'lcov' });
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await repository[Symbol.asyncDispose]();
});

test('mends a finding against the audited commit', async () => {
  const id = await debuggerAt('src/pay.ts', 2);

  const { commit, patch } = await getFindingPatch(team.as('viewer'), id);

  expect(commit).toBe(repository.head);
  expect(await gitApply({ 'src/pay.ts': PAY }, patch ?? '')).toEqual({
    'src/pay.ts': PAY.replace('  debugger;\r\n', ''),
  });
  expect(await getFinding(team.as('viewer'), id)).toMatchObject({ isFixable: true });
});

test('has no patch where none is safe', async () => {
  const id = await debuggerAt('src/old.ts', 3);

  expect(await getFindingPatch(team.as('viewer'), id)).toMatchObject({ path: 'src/old.ts', patch: null });
});

test('has no patch for a rule without mechanical fixes', async () => {
  const id = await finding({ path: 'src/pay.ts', startLine: 2 });

  expect(await getFindingPatch(team.as('viewer'), id)).toMatchObject({ patch: null });
  expect(await getFinding(team.as('viewer'), id)).toMatchObject({ isFixable: false });
});

test('has no patch for a file larger than is mended', async () => {
  const id = await debuggerAt('src/large.ts', 2);

  expect(await getFindingPatch(team.as('viewer'), id)).toMatchObject({ path: 'src/large.ts', patch: null });
  expect(await getFinding(team.as('viewer'), id)).toMatchObject({ isFixable: true });
});

test('reads no file for a rule without mechanical fixes', async () => {
  const id = await finding({ path: 'src/gone.ts', startLine: 2 });

  expect(await getFindingPatch(team.as('viewer'), id)).toMatchObject({ path: 'src/gone.ts', patch: null });
});

test('is made once for all who ask', async () => {
  const id = await debuggerAt('src/pay.ts', 2);
  const first = await getFindingPatch(team.as('viewer'), id);
  await db().project.updateMany({ where: { teamId: team.teamId }, data: { repositoryUrl: '/gone' } });

  expect(await getFindingPatch(team.as('viewer'), id)).toEqual(first);
});

test('is hidden from another team', async () => {
  const id = await debuggerAt('src/pay.ts', 2);
  const stranger = await createTeam();

  await expect(getFindingPatch(stranger.as('owner'), id)).rejects.toMatchObject({ code: 'not_found' });
});

function debuggerAt(path: string, startLine: number): Promise<string> {
  const data = { callee: 'debugger' };
  return finding({ ruleId: 'integrity/no-debug-leftover', messageId: 'debugger', data, path, startLine });
}

async function finding(change: Partial<Finding>): Promise<string> {
  const projectId = await createProject(team, { path: repository.path });
  const results = [magicResult('integrity', [markerFinding('a', change)])];
  await runJudgedAudit(team.as('member'), projectId, { results, commitId: repository.head });
  return (await db().finding.findFirstOrThrow({ where: { projectId } })).id;
}
