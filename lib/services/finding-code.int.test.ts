import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import type { Finding } from '@/lib/magics/types';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { magicResult, markerFinding, runJudgedAudit } from '@/tests/support/judged-audits';
import { type LocalRepository, localRepository } from '@/tests/support/local-repository';
import { getFindingCode } from './finding-code';

const LINES = Array.from({ length: 30 }, (_, place) => `const line${place + 1} = ${place + 1};`);

let database: TestDatabase;
let repository: LocalRepository;
let team: TestTeam;

beforeAll(async () => {
  database = await testDatabase();
  repository = await localRepository({
    commits: [{ message: 'feat: begin', author: 'Rin <rin@example.org>', files: { 'src/a.ts': LINES.join('\n') } }],
  });
  team = await createTeam();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await repository[Symbol.asyncDispose]();
});

test('shows the lines around a finding with who wrote them', async () => {
  const id = await finding({ path: 'src/a.ts', startLine: 10, endLine: 11 });

  const code = await getFindingCode(team.as('viewer'), id, 2);

  const shown = code.lines.map(({ tokens }) => tokens.map(({ text }) => text).join(''));
  expect(code).toMatchObject({ commit: repository.head, language: 'typescript', startLine: 8 });
  expect(shown).toEqual(LINES.slice(7, 13));
  expect(new Set(code.lines.map(({ blame }) => blame?.author))).toEqual(new Set(['Rin']));
});

test('masks credentials in the code and in the subjects beside it', async () => {
  const token = ['ghp_', 'zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ', '0mLq17'].join('');
  await using leaky = await localRepository({
    commits: [{ message: `feat: use ${token}`, files: { 'a.ts': `\nconst token = '${token}';\n` } }],
  });
  const id = await finding({ path: 'a.ts', startLine: 2 }, leaky);

  const { lines } = await getFindingCode(team.as('viewer'), id, 2);

  expect(lines[1]?.tokens.map(({ text }) => text).join('')).toBe("const token = 'ghp_****17';");
  expect(lines[1]?.blame?.subject).toBe('feat: use ghp_****17');
});

test.each([
  ['about no file', { path: null, startLine: null }],
  ['in a file that is not there', { path: 'src/gone.ts', startLine: 1 }],
  ['outside the repository', { path: '../a.ts', startLine: 1 }],
])('a finding %s has no code', async (_, place) => {
  const id = await finding(place);

  await expect(getFindingCode(team.as('viewer'), id, 2)).rejects.toMatchObject({ code: 'not_found' });
});

test('is hidden from another team', async () => {
  const id = await finding({ path: 'src/a.ts', startLine: 10 });
  const stranger = await createTeam();

  await expect(getFindingCode(stranger.as('owner'), id, 2)).rejects.toMatchObject({ code: 'not_found' });
});

test('fetches nothing: a commit this machine does not keep is unavailable', async () => {
  const id = await finding({ path: 'src/a.ts', startLine: 10 });
  const { projectId } = await db().finding.findUniqueOrThrow({ where: { id } });
  await db().project.update({ where: { id: projectId }, data: { repositoryUrl: 'https://example.org/own/project' } });

  await expect(getFindingCode(team.as('viewer'), id, 2)).rejects.toMatchObject({ code: 'unavailable' });
});

async function finding(change: Partial<Finding>, { path, head } = repository): Promise<string> {
  const projectId = await createProject(team, { path });
  const results = [magicResult('integrity', [markerFinding('a', change)])];
  await runJudgedAudit(team.as('member'), projectId, { results, commitId: head });
  return (await db().finding.findFirstOrThrow({ where: { projectId } })).id;
}
