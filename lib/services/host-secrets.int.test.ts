import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { app } from '@/lib/api/app';
import { createTokenValue, hashSecret } from '@/lib/auth/secrets';
import { closeDb, db, pool } from '@/lib/db/client';
import { gitFailures } from '@/lib/git/git-failure';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createTeam } from '@/tests/support/factories';
import { type LocalRepository, localRepository } from '@/tests/support/local-repository';
import { type FakeGitHub, startFakeGitHub } from '@/tests/support/providers/fake-github';
import { mirrorsDir, readFetched } from './repositories';

/** Planted where the product is given it once, and looked for everywhere. */
const CANARY = 'ghp_canary7f3a9c1e5b2d8046';
const BASIC = Buffer.from(`x-access-token:${CANARY}`).toString('base64');
const FORMS = [CANARY, BASIC, Buffer.from(CANARY).toString('base64')];

let database: TestDatabase;
let source: LocalRepository;
let github: FakeGitHub;

beforeAll(async () => {
  database = await testDatabase();
  source = await localRepository({ files: { 'src/a.ts': 'export const a = 1;\n' } });
  github = await startFakeGitHub();
  github.addToken(CANARY);
  github.addRepository('octocat/shop', { isPrivate: true, gitDir: source.path });
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await source[Symbol.asyncDispose]();
  await github[Symbol.asyncDispose]();
});

test('a token is in no answer, argument, file, row, message or log, while it reads and when it is refused', async () => {
  const team = await createTeam();
  const bearer = await ownerToken(team.teamId);
  const told: string[] = [];
  const watched = watchOutput(told);
  gitFailures.subscribe((failure) => told.push(JSON.stringify(failure)));
  const call = async (method: string, path: string, body?: object) => {
    const response = await app.request(`/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    told.push(text, JSON.stringify([...response.headers]));
    return JSON.parse(text || 'null');
  };
  const connections = `/teams/${team.teamId}/connections`;

  const { connectionId } = await call('POST', connections, { provider: 'github', baseUrl: github.url, token: CANARY });
  const registered = await call('POST', '/projects', { repositoryUrl: `${github.url}/octocat/shop` });
  const project = await db().project.findFirstOrThrow({ where: { id: registered.projectId } });
  const commands = watchCommands();
  await readFetched(project, { signal: AbortSignal.timeout(30_000) }, async () => 'read');
  github.answerNext(/octocat\/shop/, { status: 403, body: { message: `Bearer ${CANARY} is refused` } }, 50);
  const refusal = await readFetched(project, { signal: AbortSignal.timeout(30_000) }, async () => 'read').catch(
    (error) => error,
  );
  told.push(String(refusal), JSON.stringify(refusal), String(refusal.stack), String(refusal.cause));
  told.push(...commands);
  for (const path of [connections, `${connections}/${connectionId}`, `${connections}/${connectionId}/owners`]) {
    await call('GET', path);
  }
  await call('POST', `${connections}/${connectionId}/check`);
  await call('POST', connections, { provider: 'github', baseUrl: github.url, token: `${CANARY}x` });
  await call('PATCH', `${connections}/${connectionId}`, { token: `${CANARY} y` });
  await call('PATCH', `${connections}/${connectionId}`, { token: { is: CANARY } });
  watched.stop();
  told.push(await filesOf(mirrorsDir()), await wholeDatabase());

  // The fake saw it, so there was something to find.
  expect(github.requests.some(({ authorization }) => authorization === `Bearer ${CANARY}`)).toBe(true);
  expect(github.requests.some(({ authorization }) => authorization === `Basic ${BASIC}`)).toBe(true);
  expect([...commands].join()).toMatch(/ls-remote.+git-remote-http|git-remote-http.+ls-remote/s);
  for (const form of FORMS) {
    expect(told.filter((text) => text.includes(form)).map((text) => text.slice(0, 200))).toEqual([]);
  }
});

async function ownerToken(teamId: string): Promise<string> {
  const token = createTokenValue();
  const memberships = { create: { teamId, role: 'owner' as const } };
  const { id: userId } = await db().user.create({ data: { email: 'canary@example.org', name: 'Owner', memberships } });
  const scopes = ['read', 'write', 'admin'];
  await db().apiToken.create({ data: { userId, teamId, name: 'All', tokenHash: hashSecret(token), scopes } });
  return token;
}

function watchOutput(told: string[]) {
  const streams = [process.stdout, process.stderr];
  const originals = streams.map((stream) => stream.write);
  for (const [at, stream] of streams.entries()) {
    stream.write = ((chunk: string | Uint8Array, ...rest: []) => {
      told.push(chunk.toString());
      return originals[at]?.call(stream, chunk, ...rest) ?? true;
    }) as typeof stream.write;
  }
  return {
    stop() {
      for (const [at, stream] of streams.entries()) stream.write = originals[at] ?? stream.write;
    },
  };
}

/** Command lines of Git while a host is asked, as anybody on the machine can read them. */
function watchCommands() {
  const seen = new Set<string>();
  github.duringGit(async () => {
    for (const id of await readdir('/proc')) {
      if (!/^\d+$/.test(id)) continue;
      const line = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
      if (line.includes(github.url)) seen.add(line.replaceAll('\0', ' '));
    }
  });
  return seen;
}

async function filesOf(root: string): Promise<string> {
  const files = await readdir(root, { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'latin1')),
  );
  return texts.join('\n');
}

async function wholeDatabase(): Promise<string> {
  const { rows: tables } = await pool().query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') and has_table_privilege(format('%I.%I', schemaname, tablename), 'select')`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await pool().query<{ text: string }>(`select t::text as text from ${name} t`);
    texts.push(...rows.map(({ text }) => text));
  }
  return texts.join('\n');
}
