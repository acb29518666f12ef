import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closeDb, db, pool } from '@/lib/db/client';
import { isAppError } from '@/lib/errors';
import { gitFailures } from '@/lib/git/git-failure';
import { parseRepositoryUrl } from '@/lib/git/repository-url';
import { fingerprintOf } from '@/lib/git/ssh/host-key';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject as createEmptyProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { makeRepository, temporaryDirectory } from '@/tests/support/git-remote';
import { type SshServer, startSshServer } from '@/tests/support/ssh-server';
import { checkRegistration, createProject } from './registration';
import { fetchRepository } from './repositories';
import { confirmHostKeys, listSshHosts } from './ssh-hosts';
import { createSshKey, deleteDeployKey, getDeployKey, openSshKey, replaceDeployKey } from './ssh-keys';

let database: TestDatabase;
let work: Awaited<ReturnType<typeof temporaryDirectory>>;
let server: SshServer;
let team: TestTeam;
let repositoryUrl: string;

beforeAll(async () => {
  database = await testDatabase();
  work = await temporaryDirectory();
  await makeRepository(join(work.path, 'a.git'), { files: { 'src/a.ts': 'export const a = 1;\n' } });
});

beforeEach(async () => {
  team = await createTeam();
  server = await startSshServer(work.path);
  repositoryUrl = `${server.url}/a.git`;
  return () => server[Symbol.asyncDispose]();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await work[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const place = () => `[127.0.0.1]:${server.port}`;
const shown = () => server.hostKeys.map(fingerprintOf);
const signal = AbortSignal.timeout(120_000);

async function reachable(sshKeyId?: string) {
  const request = { repositoryUrl, ...(sshKeyId && { sshKeyId }) };
  const { checks } = await checkRegistration(team.as('member'), request);
  return checks.find(({ id }) => id === 'reachable')?.detail;
}

/** Registered, as a member and an administrator do it together. */
async function registered() {
  const key = await createSshKey(team.as('member'), team.teamId);
  server.allowed.add(key.publicKey);
  await reachable(key.sshKeyId);
  await confirmHostKeys(team.as('admin'), team.teamId, place(), { fingerprints: shown() });
  const { projectId } = await createProject(team.as('member'), { repositoryUrl, sshKeyId: key.sshKeyId });
  return { key, projectId, source: { teamId: team.teamId, repositoryUrl, connectionId: null } };
}

describe('registering over ssh', () => {
  test('takes a host that a person confirmed, and a key that was added at it', async () => {
    const key = await createSshKey(team.as('member'), team.teamId);

    expect(await reachable(key.sshKeyId)).toEqual({ id: 'repository_host_key_unknown', data: { host: place() } });
    const { items } = await listSshHosts(team.as('member'), team.teamId);
    expect(items).toMatchObject([{ host: place(), status: 'waiting', keys: [] }]);
    expect(items[0]?.offeredKeys.map(({ fingerprint }) => fingerprint).sort()).toEqual(shown().sort());

    await confirmHostKeys(team.as('admin'), team.teamId, place(), { fingerprints: shown() });
    expect(await reachable(key.sshKeyId)).toMatchObject({ id: 'repository_auth_required' });
    server.allowed.add(key.publicKey);
    expect(await reachable(key.sshKeyId)).toMatchObject({ id: 'reachable_ok' });

    const { projectId } = await createProject(team.as('member'), { repositoryUrl, sshKeyId: key.sshKeyId });
    expect(await getDeployKey(team.as('admin'), projectId)).toMatchObject({ key, host: { status: 'confirmed' } });
    const { scope, gitDir } = await fetchRepository({ teamId: team.teamId, repositoryUrl, connectionId: null }, signal);
    expect({ scope, gitDir }).toMatchObject({ gitDir: expect.stringContaining('mirrors') });
  });

  test('gives a key to one project, and to no other team', async () => {
    const { key } = await registered();
    const other = await createTeam();
    const waiting = await createSshKey(other.as('member'), other.teamId);

    for (const sshKeyId of [key.sshKeyId, waiting.sshKeyId]) {
      await expect(openSshKey(team.teamId, { sshKeyId })).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  test('keeps no more than twenty keys waiting, and forgets those of a month ago', async () => {
    for (let count = 0; count < 20; count++) await createSshKey(team.as('member'), team.teamId);

    await expect(createSshKey(team.as('member'), team.teamId)).rejects.toMatchObject({ code: 'unprocessable' });
    await pool().query(`update ssh_keys set created_at = now() - interval '31 days' where team_id = $1`, [team.teamId]);
    await createSshKey(team.as('member'), team.teamId);

    expect(await db().sshKey.count({ where: { teamId: team.teamId } })).toBe(1);
  });
});

describe('the key of a host', () => {
  test('that changed is refused, shown beside the known one, and taken once a person confirmed it', async () => {
    const { source } = await registered();
    const before = shown();
    await server.changeHostKey();

    const error = await fetchRepository(source, signal).catch((thrown) => thrown);

    expect(error).toMatchObject({ code: 'repository_host_key_changed', details: { host: place() } });
    expect(error.details.fingerprints.sort()).toEqual(before.sort());
    expect(error.details.offeredFingerprints.sort()).toEqual(shown().sort());
    const { items } = await listSshHosts(team.as('admin'), team.teamId);
    expect(items[0]?.status).toBe('changed');
    expect(items[0]?.keys.map(({ fingerprint }) => fingerprint).sort()).toEqual(before.sort());
    await expect(fetchRepository(source, signal)).rejects.toMatchObject({ code: 'repository_host_key_changed' });

    await confirmHostKeys(team.as('admin'), team.teamId, place(), { fingerprints: shown() });
    await fetchRepository(source, signal);
    const log = await db().auditLogEntry.findMany({ where: { teamId: team.teamId, action: 'host_key.confirmed' } });
    expect(log).toHaveLength(2);
  });

  test('is confirmed by those who manage projects, whole, and as it was shown', async () => {
    const key = await createSshKey(team.as('member'), team.teamId);
    await reachable(key.sshKeyId);
    const confirm = (role: 'member' | 'admin', fingerprints: string[]) =>
      confirmHostKeys(team.as(role), team.teamId, place(), { fingerprints });

    await expect(confirm('member', shown())).rejects.toMatchObject({ code: 'forbidden' });
    await expect(confirm('admin', shown().slice(1))).rejects.toMatchObject({ code: 'conflict' });
    await expect(confirm('admin', [...shown(), `SHA256:${'A'.repeat(43)}`])).rejects.toMatchObject({
      code: 'conflict',
    });
    await server.changeHostKey();
    const other = await createTeam();
    await expect(
      confirmHostKeys(other.as('admin'), other.teamId, place(), { fingerprints: shown() }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await expect(confirm('admin', shown())).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('the key of a project', () => {
  test('is replaced and forgotten by those who manage it', async () => {
    const { projectId, key, source } = await registered();

    const next = await replaceDeployKey(team.as('admin'), projectId);
    expect(next.publicKey).not.toBe(key.publicKey);
    await expect(fetchRepository(source, signal)).rejects.toMatchObject({ code: 'repository_auth_required' });
    server.allowed.add(next.publicKey);
    await fetchRepository(source, signal);

    await deleteDeployKey(team.as('admin'), projectId);
    await expect(fetchRepository(source, signal)).rejects.toMatchObject({ code: 'repository_auth_required' });
    await expect(deleteDeployKey(team.as('admin'), projectId)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('is nobody else’s matter', async () => {
    const { projectId } = await registered();
    const other = await createTeam();

    for (const run of [getDeployKey, replaceDeployKey, deleteDeployKey]) {
      await expect(run(team.as('member'), projectId)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(run(other.as('owner'), projectId)).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  test('is made for no address but one of ssh', async () => {
    const projectId = await createEmptyProject(team, { path: 'https://git.example.com/a/b' });

    expect(await getDeployKey(team.as('admin'), projectId)).toEqual({ key: null, host: null });
    await expect(replaceDeployKey(team.as('admin'), projectId)).rejects.toMatchObject({ code: 'unprocessable' });
  });
});

test('the private half is in no row, log, argument, environment, error or answer', async () => {
  const seen: string[] = [];
  const { key, projectId, source } = await registered();
  const secret =
    (await openSshKey(team.teamId, { ofProject: parseRepositoryUrl(repositoryUrl, { allowLocal: true }).key })) ?? '';
  // The middle of the file is of the key itself.
  const canary = secret.split('\n').slice(2, -2).join('').slice(10, 60);
  expect(canary).toHaveLength(50);
  server.onCommand = () => seen.push(...processes());
  const log = (failure: unknown) => seen.push(JSON.stringify(failure));
  gitFailures.subscribe(log);
  await fetchRepository(source, signal);
  expect(seen.some((line) => line.includes('git-upload-pack') || line.includes('ssh'))).toBe(true);

  const broken = { ...source, repositoryUrl: `${server.url}/none.git` };
  const error = await fetchRepository(broken, signal).catch((thrown) => thrown);
  gitFailures.unsubscribe(log);
  expect(isAppError(error)).toBe(true);
  expect(seen.some((line) => line.includes('"stderr"'))).toBe(true);
  const { rows: tables } = await pool().query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const rows: string[] = [];
  for (const { name } of tables) {
    const found = await pool().query<{ row: string }>(`select t::text as row from ${name} t`);
    rows.push(...found.rows.map(({ row }) => row));
  }
  expect(rows.some((row) => row.includes(key.publicKey))).toBe(true);

  const told = [
    ...seen,
    ...rows,
    String(error),
    JSON.stringify(error),
    JSON.stringify(error.details ?? {}),
    error.stack,
  ];
  told.push(JSON.stringify(await getDeployKey(team.as('admin'), projectId)), JSON.stringify(key));
  const plain = canary.slice(0, 30);
  expect(told.filter((text) => text.includes(plain) || text.includes('PRIVATE KEY'))).toEqual([]);
});

/** Arguments and environments of all processes of this user at this moment. */
function processes(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) =>
      ['cmdline', 'environ'].map((file) => {
        try {
          return readFileSync(`/proc/${pid}/${file}`, 'utf8').replaceAll('\0', ' ');
        } catch {
          return '';
        }
      }),
    );
}
