import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { en } from '@/lib/i18n/en';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject as createEmptyProject, createTeam } from '@/tests/support/factories';
import { type LocalRepository, localRepository } from '@/tests/support/local-repository';
import { checkRegistration, createProject } from './registration';

let database: TestDatabase;
let repository: LocalRepository;

beforeAll(async () => {
  database = await testDatabase();
  repository = await localRepository({ files: { 'src/a.ts': 'export const a = 1;\n' } });
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await repository[Symbol.asyncDispose]();
});

test('a repository that takes too long is told apart from one that was cancelled', async () => {
  const team = await createTeam();
  const over = AbortSignal.abort(new DOMException('too late', 'TimeoutError'));
  const clock = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(over);

  const { checks } = await checkRegistration(team.as('member'), { repositoryUrl: repository.path }).finally(() =>
    clock.mockRestore(),
  );

  expect(checks.at(-1)).toMatchObject({ id: 'reachable', outcome: 'failed', detail: { id: 'repository_timeout' } });
});

describe('registering', () => {
  test('makes the project, its first audit, what follows in the queue and a line in the log', async () => {
    const team = await createTeam();

    const { projectId, auditId } = await createProject(team.as('member'), { repositoryUrl: repository.path });

    const audit = await db().audit.findUniqueOrThrow({ where: { id: auditId }, include: { jobs: true } });
    expect(audit).toMatchObject({ projectId, number: 1, trigger: 'registration', branch: 'main', eventSequence: 1 });
    expect(audit.jobs.map(({ kind, status }) => [kind, status])).toEqual([['prepare', 'waiting']]);
    expect(await db().auditLogEntry.count({ where: { action: 'project.created', target: projectId } })).toBe(1);
  });

  test('at the same moment makes one project; the others hear of it', async () => {
    const team = await createTeam();

    const ends = await Promise.allSettled(
      [1, 2, 3].map(() => createProject(team.as('member'), { repositoryUrl: repository.path })),
    );

    const [project] = await db().project.findMany({ where: { teamId: team.teamId } });
    expect(await db().project.count({ where: { teamId: team.teamId } })).toBe(1);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []))).toEqual(
      Array(2).fill(
        expect.objectContaining({ code: 'conflict', details: expect.objectContaining({ projectId: project?.id }) }),
      ),
    );
  });

  test('names a repository by more of its path where the team has a project of that name', async () => {
    const team = await createTeam();
    const [folder = '', name = ''] = repository.path.split('/').slice(-2);
    await db().project.update({ where: { id: await createEmptyProject(team) }, data: { name } });

    const { suggestedName } = await checkRegistration(team.as('member'), { repositoryUrl: repository.path });
    const { projectId } = await createProject(team.as('member'), { repositoryUrl: repository.path });

    expect(suggestedName).toBe(`${folder}/${name}`);
    expect(await db().project.findUniqueOrThrow({ where: { id: projectId } })).toMatchObject({ name: suggestedName });
  });

  test('is free to another team, which hears nothing of the first', async () => {
    const [first, second] = [await createTeam(), await createTeam()];
    await createProject(first.as('member'), { repositoryUrl: repository.path });

    const check = await checkRegistration(second.as('member'), { repositoryUrl: repository.path });
    const made = await createProject(second.as('member'), { repositoryUrl: repository.path });

    expect(check).toMatchObject({ canRegister: true, duplicateOf: null });
    expect(await db().project.findUniqueOrThrow({ where: { id: made.projectId } })).toMatchObject({
      teamId: second.teamId,
    });
  });

  test('with a team one is not in is not found, and with a lesser role forbidden', async () => {
    const [own, other] = [await createTeam(), await createTeam()];
    const request = { repositoryUrl: repository.path };

    const ends = await Promise.allSettled([
      createProject(own.as('owner'), { ...request, teamId: other.teamId }),
      createProject(own.as('viewer'), request),
    ]);

    expect(ends.map((end) => end.status === 'rejected' && end.reason.code)).toEqual(['not_found', 'forbidden']);
  });

  test('that is refused leaves no project, and says why in the log', async () => {
    const team = await createTeam();

    const refused = await createProject(team.as('member'), { repositoryUrl: repository.path, branch: 'nope' }).catch(
      ({ code }) => code,
    );

    expect(refused).toBe('repository_no_such_branch');
    expect(await db().project.count({ where: { teamId: team.teamId } })).toBe(0);
    expect(await db().auditLogEntry.findFirstOrThrow({ where: { teamId: team.teamId } })).toMatchObject({
      action: 'project.refused',
      detail: { code: 'repository_no_such_branch' },
    });
  });
});

describe('checking', () => {
  test.each([
    ['https://user:secret@git.example.com/a/b', 'address', 'address_credentials'],
    ['../git/bat.git', 'address', 'address_relative'],
    ['~/x', 'address', 'address_relative'],
    ['github.com/owner/name', 'address', 'address_scheme'],
    ['htp:/bad', 'address', 'address_unknown_scheme'],
    ['htp:/bad url', 'address', 'address_spaces'],
    ['https://', 'address', 'address_malformed'],
    ['hello', 'address', 'address_incomplete_local'],
    ['owner/name', 'address', 'address_incomplete_local'],
    ['/etc/passwd', 'reachable', 'reachable_file'],
    ['/nowhere/at/all', 'reachable', 'reachable_missing'],
    ['/', 'reachable', 'reachable_no_repository'],
  ])('%s names the mistake in its words, and repeats no password', async (repositoryUrl, id, sentence) => {
    const team = await createTeam();

    const check = await checkRegistration(team.as('member'), { repositoryUrl });

    const failed = check.checks.find(({ outcome }) => outcome === 'failed');
    expect(failed).toMatchObject({ id, detail: { id: sentence } });
    expect(Object.hasOwn(en.register.details, sentence)).toBe(true);
    expect(JSON.stringify(check)).not.toContain('secret');
  });

  test('counts a local repository’s commits for the recommendation', async () => {
    const team = await createTeam();

    const { initialAnalysis } = await checkRegistration(team.as('member'), { repositoryUrl: repository.path });

    expect(initialAnalysis?.recommendedPolicy.reason).toEqual({ id: 'policy_young', data: { files: 1, commits: 1 } });
  });

  test('says which policy would suit beside the one that audits use', async () => {
    const team = await createTeam();
    await db().team.update({ where: { id: team.teamId }, data: { policy: { strictness: 0.9 } } });

    const { checks } = await checkRegistration(team.as('member'), { repositoryUrl: repository.path });

    const policy = checks.find(({ id }) => id === 'policy');
    expect(policy?.detail.data).toMatchObject({ preset: 'startup', strictness: 0.7, teamStrictness: 0.9 });
  });
});
