import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hashSecret } from '@/lib/auth/secrets';
import { closeDb, db } from '@/lib/db/client';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { type LocalRepository, localRepository } from '@/tests/support/local-repository';
import { bootstrapInstance } from './bootstrap';
import { registerAtStart } from './register-at-start';
import { createFirstOwner, createOwner } from './users';

const OWNER = { email: 'rin@example.org', name: 'Rin', teamName: 'Kitchen', password: 'long enough' };

let database: TestDatabase;
let repository: LocalRepository;

beforeAll(async () => {
  database = await testDatabase();
  repository = await localRepository({ files: { 'src/a.ts': 'export const a = 1;\n' } });
});

beforeEach(async () => {
  await db().user.deleteMany();
  await db().instance.updateMany({ data: { ownerTeamId: null } });
  await db().team.deleteMany();
  await db().setupLink.deleteMany();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await repository[Symbol.asyncDispose]();
});

describe('an empty instance', () => {
  test('gets one link to sign up with, and a later start replaces it', async () => {
    await bootstrapInstance();
    const { setupPath } = await bootstrapInstance();

    const links = await db().setupLink.findMany();
    expect(links.map(({ tokenHash }) => tokenHash)).toEqual([hashSecret(tokenOf(setupPath))]);
  });

  test('keeps one link when two starts meet', async () => {
    await Promise.all([bootstrapInstance(), bootstrapInstance()]);

    expect(await db().setupLink.count()).toBe(1);
  });

  test('registers the repository named at start when the first owner signs up', async () => {
    const { setupPath } = await bootstrapInstance();

    const atStart = await registerAtStart(repository.path);
    const { projectId, teamId } = await createFirstOwner({ ...OWNER, token: tokenOf(setupPath) }, 'one');

    expect(atStart).toBeNull();
    expect(await db().project.findUniqueOrThrow({ where: { id: projectId ?? '' } })).toMatchObject({
      teamId,
      repositoryUrl: repository.path,
    });
  });

  test('refuses at once an address nobody could register', async () => {
    await bootstrapInstance();

    await expect(registerAtStart('ext::sh')).rejects.toMatchObject({ code: 'repository_protocol_refused' });
  });
});

describe('an instance with an owner', () => {
  test('gets no link', async () => {
    await owner();

    expect(await bootstrapInstance()).toEqual({ setupPath: null });
    expect(await db().setupLink.count()).toBe(0);
  });

  test('registers the repository named at start, and audits it when it has it', async () => {
    const { teamId } = await owner();

    const first = await registerAtStart(repository.path);
    await db().audit.updateMany({ where: { projectId: first ?? '' }, data: { status: 'completed' } });
    const second = await registerAtStart(repository.path);

    expect(second).toBe(first);
    const triggers = await db().audit.findMany({ where: { project: { teamId } }, orderBy: { number: 'asc' } });
    expect(triggers.map(({ trigger }) => trigger)).toEqual(['registration', 'manual']);
  });
});

function owner() {
  return db().$transaction((tx) => createOwner(tx, { ...OWNER, passwordHash: 'none' }));
}

function tokenOf(setupPath: string | null): string {
  return new URL(setupPath ?? '', 'http://localhost').searchParams.get('token') ?? '';
}
