import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { WORKER_KINDS } from '@/lib/env';
import { runGit } from '@/lib/git/run-git';
import { logger } from '@/lib/logger';
import { MAGIC_IDS } from '@/lib/magics/types';
import { closePublisher } from '@/lib/realtime/publish';
import { apiTokenOf, serveApi } from '@/tests/support/api-server';
import { selfSignedCertificate } from '@/tests/support/certificate';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { magicResult, markerFinding, runJudgedAudit } from '@/tests/support/judged-audits';
import { localRepository } from '@/tests/support/local-repository';
import { smallApplication } from '@/tests/support/repositories';
import { type Ended, runElder } from '@/tests/support/run-elder';
import { serve, type WebServer } from '@/tests/support/web-server';
import { startWorker } from '@/workers/worker';
import { readArguments } from '../arguments';
import { createRemoteContext } from './remote-context';
import { sentenceOf } from './remote-failure';
import { runRemote } from './run-remote';

let database: TestDatabase;
let server: WebServer;
let home: string;
let team: TestTeam;
let token: string;

beforeAll(async () => {
  process.env.ALLOW_LOCAL_REPOSITORIES = 'true';
  database = await testDatabase();
  server = await serveApi();
});

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'elder-home-'));
  team = await createTeam();
  token = await apiTokenOf(team.teamId);
});

afterEach(() => rm(home, { recursive: true, force: true }));

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

const kept = () => path.join(home, 'elder', 'credentials.json');
/** With nothing but what `elder login` kept. */
const elder = (args: readonly string[], env: Record<string, string> = {}, input = '') =>
  runElder(args, { env: { XDG_CONFIG_HOME: home, HOME: home, ...env }, input, cwd: home });

/** In this process: starting the command takes most of its time. */
async function asked(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const environment = { HOME: home, ELDER_URL: server.url, ELDER_API_TOKEN: token, LANG: 'C', ...env };
  const command = readArguments(args, environment);
  if (command.name !== 'remote') throw new Error(JSON.stringify(command));
  let stderr = '';
  const terminal = { write: (text: string) => (stderr += text) };
  const { signal } = new AbortController();
  const context = createRemoteContext(environment, { language: command.language, signal, terminal });
  try {
    const { text, code, file } = await runRemote(command.command, context);
    if (file) await writeFile(file.path, file.bytes);
    return { code, stdout: text, stderr };
  } catch (error) {
    return { code: 2, stdout: '', stderr: stderr + sentenceOf(error, context.url(), command.language) };
  }
}

async function judgedProject(findings = [markerFinding('a', { severity: 'high' }), markerFinding('b')]) {
  const projectId = await createProject(team, { path: `https://example.org/shop/${randomUUID()}.git` });
  const results = MAGIC_IDS.map((magic) => magicResult(magic, magic === 'integrity' ? findings : []));
  await runJudgedAudit(team.as('member'), projectId, { results });
  const { repositoryUrl } = await db().project.findFirstOrThrow({ where: { id: projectId } });
  return { projectId, repositoryUrl };
}

describe('elder login', () => {
  test('keeps a token that works where only its owner reads it, says whose it is, and never shows it', async () => {
    const login = await elder(['login', `${server.url}/`, '--token-stdin'], {}, `${token}\n`);
    const whoami = await elder(['whoami']);
    const { mode } = await stat(kept());
    const folder = await stat(path.dirname(kept()));
    const logout = await elder(['logout']);
    const after = await elder(['whoami']);

    expect([login.code, whoami.code, logout.code, after.code]).toEqual([0, 0, 0, 2]);
    expect([mode & 0o777, folder.mode & 0o777]).toEqual([0o600, 0o700]);
    for (const said of [login.stdout, whoami.stdout]) {
      expect(said).toContain('Rin <');
      expect(said).toMatch(/Scopes +read, write/);
      expect(said).toMatch(/Expires +\d{4}-\d\d-\d\d \(in 30 days\)/);
    }
    const everything = [login, whoami, logout, after].flatMap(({ stdout, stderr }) => [stdout, stderr]).join('');
    expect(everything).not.toContain(token);
    expect(after.stderr).toContain('you are not logged in');
  });

  test('ends with the code of the gate', async () => {
    const projectId = await createProject(team);

    const gate = await elder(['gate', '--project', projectId], { ELDER_URL: server.url, ELDER_API_TOKEN: token });

    expect(gate).toEqual({ code: 1, stdout: expect.stringContaining('has not been audited yet'), stderr: '' });
  });

  test('keeps nothing that the server does not accept', async () => {
    const { code, stderr } = await elder(['login', server.url, '--token-stdin'], {}, `elder_${'x'.repeat(32)}\n`);

    expect(code).toBe(2);
    expect(stderr).toContain(`${server.url} does not accept the token`);
    await expect(stat(kept())).rejects.toThrow();
  });

  test('does not send a kept token to another server, and refuses one that others can read', async () => {
    await elder(['login', server.url, '--token-stdin'], {}, token);
    const requests: string[] = [];
    await using other = await serve((request, response) => {
      requests.push(request.url ?? '');
      response.end();
    });

    const elsewhere = await elder(['whoami'], { ELDER_URL: other.url });
    await chmod(kept(), 0o644);
    const open = await elder(['whoami']);

    expect([elsewhere.code, requests]).toEqual([2, []]);
    expect(elsewhere.stderr).toContain(`there is no token for ${other.url}`);
    expect([open.code, open.stdout]).toEqual([2, '']);
    expect(open.stderr).toContain('can be read by others');
  });
});

describe('what a server says', () => {
  test('is told in a sentence, in both languages, when it is no answer', async () => {
    await using lost = await serve((_request, response) => response.writeHead(404).end('<html>'));
    await using moved = await serve((_request, response) => response.writeHead(308, { location: server.url }).end());
    await using broken = await serve((_request, response) => {
      response.writeHead(500, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ code: 'internal', requestId: 'request-1' }));
    });
    const gone = await serve(() => undefined);
    await gone[Symbol.asyncDispose]();
    const cases: [string, string][] = [
      [gone.url, 'nothing listens there'],
      ['http://127.0.0.1:9', 'bad port'],
      ['http://no-such-host.invalid', 'does not answer'],
      [lost.url, 'not as Ancient Elder does'],
      [moved.url, 'sends on to another address'],
      [broken.url, 'HTTP 500; request request-1'],
      ['ftp://example.org', 'is no address of a server'],
      ['https://rin:secret@example.org', 'is no address of a server'],
    ];

    for (const [url, says] of cases) {
      const { code, stdout, stderr } = await asked(['whoami'], { ELDER_URL: url });

      expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(says)]);
      expect(stderr).not.toMatch(/ {4}at |secret/);
    }
    const japanese = await asked(['whoami', '--lang', 'ja'], { ELDER_URL: gone.url });
    expect(japanese.stderr).toContain('接続を受け付けていません');
  });

  test('is not read over TLS that nobody vouches for', async () => {
    const tls = createTlsServer(selfSignedCertificate(), (_request, response) => response.end()).listen(0, '127.0.0.1');
    await once(tls, 'listening');
    const url = `https://localhost:${(tls.address() as AddressInfo).port}`;

    const { code, stderr } = await asked(['whoami'], { ELDER_URL: url });
    tls.close();

    expect([code, stderr]).toEqual([2, expect.stringContaining('it is signed by itself')]);
  });

  test('names the scope that a token lacks', async () => {
    token = await apiTokenOf(team.teamId, { scopes: ['read'] });
    const { projectId } = await judgedProject();

    const { code, stderr } = await asked(['audit', '--remote', '--project', projectId]);

    expect([code, stderr]).toEqual([2, expect.stringContaining('the token lacks the scope write')]);
  });

  test('is waited for as long as it asks, and not for longer than a person would', async () => {
    let refusals = 1;
    const times: number[] = [];
    await using busy = await serve((_request, response) => {
      times.push(performance.now());
      if (refusals-- > 0) return response.writeHead(429, { 'retry-after': '1' }).end();
      return response.writeHead(200, { 'content-type': 'application/json' }).end('{"items":[],"nextCursor":null}');
    });

    const short = await asked(['project', 'list'], { ELDER_URL: busy.url });
    await using shut = await serve((_request, response) => response.writeHead(429, { 'retry-after': '3600' }).end());
    const long = await asked(['project', 'list'], { ELDER_URL: shut.url });

    expect([short.code, short.stdout]).toEqual([0, expect.stringContaining('no projects yet')]);
    expect(short.stderr).toContain('asks for a pause of 1 s');
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(950);
    expect([long.code, long.stderr]).toEqual([2, expect.stringContaining('Try again in 3600 s')]);
  });
});

describe('projects, findings and the gate', () => {
  test('are told by id, by name, by repository and by the remote of a clone', async () => {
    const { projectId, repositoryUrl } = await judgedProject();
    const clone = path.join(home, 'clone');
    await runGit(['init', '--quiet', clone]);
    const origin = repositoryUrl.replace('https://', 'https://x-access-token:s3cret@');
    await writeFile(path.join(clone, '.git', 'config'), `[remote "origin"]\n\turl = ${origin}\n`);

    const ends = await Promise.all([
      asked(['gate', '--project', projectId]),
      asked(['gate', '--project', 'Project']),
      asked(['gate', '--repository', repositoryUrl.replace('.git', '/')]),
      asked(['gate'], { ELDER_PROJECT: projectId }),
      asked(['gate', clone]),
    ]);

    expect(ends.map(({ code, stderr }) => [code, stderr])).toEqual(ends.map(() => [0, '']));
    expect(new Set(ends.map(({ stdout }) => stdout)).size).toBe(1);
    expect(ends[0]?.stdout).toMatch(/^Gate passed: no new Critical/);
  });

  test('are found by none of these where there is no such project', async () => {
    const elsewhere = await createProject(await createTeam());
    const cases: [string[], string][] = [
      [['gate', '--project', elsewhere], `there is no project “${elsewhere}”`],
      [['gate', '--project', 'Nothing'], 'there is no project “Nothing”'],
      [
        ['gate', '--repository', 'https://u:pw@example.org/x/y'],
        'no project has the repository https://example.org/x/y',
      ],
      [['gate', home], 'has no remote “origin”'],
    ];

    for (const [args, says] of cases) {
      const { code, stderr } = await asked(args);

      expect([code, stderr]).toEqual([2, expect.stringContaining(says)]);
    }
  });

  test('end with 1 when the gate fails or was never asked', async () => {
    const projectId = await createProject(team);
    const never = await asked(['gate', '--project', projectId]);
    const results = MAGIC_IDS.map((magic) => magicResult(magic, [], { score: 20 }));
    await runJudgedAudit(team.as('member'), projectId, { results });
    const failed = await asked(['gate', '--project', projectId, '--json']);

    expect([never.code, never.stdout]).toEqual([1, expect.stringContaining('has not been audited yet')]);
    expect(failed.code).toBe(1);
    expect(JSON.parse(failed.stdout)).toMatchObject({
      projectId,
      number: 1,
      healthScore: 20,
      gate: { status: 'failed', isPassed: false, reason: expect.stringContaining('Gate failed') },
    });
  });

  test('are listed as text, JSON and SARIF, by severity', async () => {
    const { projectId } = await judgedProject();
    const list = (...args: string[]) => asked(['findings', '--project', projectId, ...args]);

    const [text, json, sarif] = await Promise.all([
      list('--limit', '1'),
      list('--severity', 'high', '--json'),
      list('--sarif'),
    ]);

    expect([text.code, json.code, sarif.code]).toEqual([0, 0, 0]);
    expect(text.stdout).toMatch(/● high +\S/);
    expect(text.stdout).toContain('src/a.ts:2  integrity/no-unfinished-code');
    expect(text.stdout).toContain('1 of 2 findings; --limit shows more');
    expect(JSON.parse(json.stdout)).toMatchObject({
      projectId,
      total: 1,
      items: [{ severity: 'high', path: 'src/a.ts' }],
    });
    expect(JSON.parse(sarif.stdout).runs[0].results).toHaveLength(2);
  });
});

describe('a file of projects', () => {
  const named = async (text: string) => {
    const file = path.join(home, 'projects.yaml');
    await writeFile(file, text);
    return file;
  };
  const outcomes = ({ stdout }: Ended) =>
    stdout.split('\n').flatMap((line) => /^line \d+ +(\S+)/.exec(line)?.[1] ?? []);

  beforeEach(async () => {
    token = await apiTokenOf(team.teamId, { scopes: ['read', 'write', 'admin'], role: 'admin' });
  });

  test('registers what it names, and the same file again changes nothing', async () => {
    await using repository = await localRepository(smallApplication());
    const file = await named(`projects:\n  - repository: ${repository.path}\n    name: Nursery\n`);

    const checked = await asked(['project', 'import', file, '--check']);
    const before = await db().project.count({ where: { teamId: team.teamId } });
    const first = await asked(['project', 'import', file]);
    const second = await asked(['project', 'import', file, '--json']);

    expect([checked.code, first.code, second.code, before]).toEqual([0, 0, 0, 0]);
    expect(checked.stdout).toMatch(/^Nothing was changed\. With this file would be:\nline 2 {2}created {2}\//);
    expect(outcomes(first)).toEqual(['created']);
    expect(JSON.parse(second.stdout)).toMatchObject({ isDryRun: false, items: [{ line: 2, outcome: 'unchanged' }] });
    expect(await db().project.findMany({ where: { teamId: team.teamId } })).toMatchObject([{ name: 'Nursery' }]);
  });

  test('is read from the standard input, and ends with 1 when a line of it is refused, which says why', async () => {
    await using repository = await localRepository(smallApplication());
    const gone = path.join(home, 'nothing-here');
    const text = JSON.stringify({ projects: [{ repository: repository.path }, { repository: gone }] }, null, 1);
    const env = { ELDER_URL: server.url, ELDER_API_TOKEN: token };

    const piped = await elder(['project', 'import', '-'], env, text);
    const japanese = await asked(['project', 'import', await named(text), '--lang', 'ja']);

    expect([piped.code, piped.stderr, outcomes(piped)]).toEqual([1, '', ['created', 'refused']]);
    expect(piped.stdout).toContain('nothing-here  The host has no repository at this address');
    expect(japanese.code).toBe(1);
    expect(japanese.stdout).toMatch(/行目 {2}変更なし.*\n.*行目 {2}拒否 .*このアドレスにリポジトリがない/);
  });

  test('is sent again while the server does not come to the end of it', async () => {
    const line = (at: number, outcome: string) => ({
      ...{ line: at, repository: `https://h.example/${at}`, projectId: null, code: null, problem: null },
      outcome,
    });
    const answers = [
      [line(2, 'created'), line(3, 'not_reached')],
      [line(2, 'unchanged'), line(3, 'created')],
    ];
    await using slow = await serve((request, response) => {
      const body = request.method === 'GET' ? { teams: [{ teamId: team.teamId }] } : { items: answers.shift() };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });

    const end = await asked(['project', 'import', await named('projects: []')], { ELDER_URL: slow.url });

    expect([end.code, outcomes(end)]).toEqual([0, ['created', 'created']]);
    expect(end.stderr).toContain('1 project is left; the file is sent again');
  });

  test('that cannot be used is told in a sentence, and changes nothing', async () => {
    const missing = path.join(home, 'none.yaml');
    const cases: [string, string][] = [
      [missing, 'none.yaml cannot be read: ENOENT'],
      [home, 'cannot be read: EISDIR'],
      [await named(' \n'), 'is empty'],
    ];
    for (const [file, says] of cases) {
      expect(await asked(['project', 'import', file])).toEqual({
        code: 2,
        stdout: '',
        stderr: expect.stringContaining(says),
      });
    }
    const large = await asked(['project', 'import', await named('#'.repeat(256_001))]);
    expect([large.code, large.stderr]).toEqual([2, expect.stringContaining('is too large')]);
    const anchors = await asked(['project', 'import', await named('projects: &a [*a]')]);
    expect([anchors.code, anchors.stderr]).toEqual([2, expect.stringMatching(/line 1: .*anchors/)]);
    token = await apiTokenOf(team.teamId, { role: 'admin' });
    const unscoped = await asked(['project', 'import', await named('projects: []')]);
    expect([unscoped.code, unscoped.stderr]).toEqual([2, expect.stringContaining('the token lacks the scope admin')]);
  });
});

test('a repository is registered, audited while one waits, and its report is written', async () => {
  await using repository = await localRepository(smallApplication());
  const worker = await startWorker({
    ...{ databaseUrl: database.url, kinds: WORKER_KINDS, concurrency: 2, log: logger(), queuePrefix: randomUUID() },
  });
  const out = path.join(home, 'report.sarif');

  const added = await asked(['project', 'add', repository.path, '--name', 'Nursery']);
  const again = await asked(['project', 'add', repository.path]);
  const listed = await asked(['project', 'list', '--json']);
  const audited = await asked([
    'audit',
    '--remote',
    '--wait',
    '--project',
    'Nursery',
    '--format',
    'sarif',
    '--out',
    out,
  ]);
  const json = await asked(['audit', '--remote', '--wait', '--repository', repository.path, '--json']);
  await worker.stop();

  expect([added.code, added.stdout]).toEqual([0, expect.stringMatching(/^Registered “Nursery” \([\w-]{36}\)/)]);
  expect([again.code, again.stdout]).toEqual([2, '']);
  expect(JSON.parse(listed.stdout)).toMatchObject([{ projectName: 'Nursery', repositoryUrl: repository.path }]);
  expect(audited.stderr).toMatch(/is queued/);
  expect(audited.stdout).toMatch(
    new RegExp(`Audit #\\d of “Nursery” at ${repository.head.slice(0, 10)}: health [\\d.]+\nGate `),
  );
  expect(JSON.parse(await readFile(out, 'utf8')).version).toBe('2.1.0');
  const report = JSON.parse(json.stdout);
  expect(report).toMatchObject({ status: 'completed', commit: repository.head });
  expect(json.code).toBe(report.gate.isPassed ? 0 : 1);
  expect([audited.code, json.code]).toEqual([json.code, json.code]);
}, 180_000);

test('waiting ends with the time given, and says that the audit goes on', async () => {
  const { projectId } = await judgedProject();
  const { code, stdout, stderr } = await asked(
    ['audit', '--remote', '--wait', '--timeout', '0', '--project', projectId],
    {},
  );

  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/no worker is running|waits in the queue|Preparing/);
  expect(stderr).toContain('it goes on, and elder gate tells its verdict');
});
