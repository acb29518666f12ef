import { spawn } from 'node:child_process';
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { findFreePort } from '@/scripts/postgres/ports';
import { buildRepository } from '@/tests/support/sketch-repository';

// Usage: npm run bench:webhooks [-- <seconds>]. Sends pushes at an even pace to the whole product, workers included, as a
// busy Git host would, and tells how long it took to answer each.
const PER_SECOND = 100;
const PROJECTS = 20;
const GOAL_P99_MS = 1_000;
const START_MS = 10 * 60_000;

const seconds = Number(process.argv[2] ?? 120);
const port = await findFreePort();
const origin = `http://127.0.0.1:${port}`;
const work = await mkdtemp(path.join(tmpdir(), 'elder-bench-hooks-'));
const token = randomBytes(24).toString('base64url');
const product = spawn(process.execPath, ['scripts/start.mjs'], {
  env: {
    ...process.env,
    PORT: String(port),
    ELDER_DATA_DIR: path.join(work, 'data'),
    ELDER_INIT_EMAIL: 'bench@example.org',
    ELDER_INIT_PASSWORD: randomBytes(12).toString('hex'),
    ELDER_INIT_API_TOKEN: token,
    ALLOW_LOCAL_REPOSITORIES: 'true',
    LOG_LEVEL: 'warn',
  },
  stdio: ['ignore', 'ignore', 'inherit'],
});
const ended = new Promise((resolve) => product.once('exit', resolve));
const agent = new Agent({ connections: 200, pipelining: 1 });

interface Hook {
  url: string;
  secret: string;
}

try {
  await ready();
  const hooks: Hook[] = [];
  for (let at = 0; at < PROJECTS; at++) hooks.push(await register(at));
  const answers = await send(hooks);
  process.exitCode = report(answers) ? 0 : 1;
} finally {
  product.kill('SIGTERM');
  await ended;
  await agent.close();
  await rm(work, { recursive: true, force: true });
}

async function ready(): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    const status = await fetch(`${origin}/api/v1/health/ready`).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return;
    await wait(500);
  }
  throw new Error('the product did not start');
}

async function api<Result>(method: string, place: string, body?: object): Promise<Result> {
  const answer = await fetch(`${origin}/api/v1${place}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${place}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Result;
}

async function register(at: number): Promise<Hook> {
  const repositoryUrl = path.join(work, `shop-${at}.git`);
  await buildRepository(repositoryUrl, { files: { 'src/pay.ts': `export const a = ${at};\n` } });
  const { projectId } = await api<{ projectId: string }>('POST', '/projects', { repositoryUrl });
  const { url, secret } = await api<Hook>('GET', `/projects/${projectId}/webhook?host=github`);
  // A path names no host: the page suggests one, and any is taken.
  return { url: url.replace(/webhooks\/[^/]+/, 'webhooks/github'), secret };
}

interface Answer {
  status: number;
  tookMs: number;
}

async function send(hooks: readonly Hook[]): Promise<Answer[]> {
  const sent: Promise<Answer>[] = [];
  const startedAt = performance.now();
  for (let at = 0; at < PER_SECOND * seconds; at++) {
    const dueMs = startedAt + (at * 1_000) / PER_SECOND - performance.now();
    if (dueMs > 1) await wait(dueMs);
    const hook = hooks[at % hooks.length];
    if (hook) sent.push(push(hook));
  }
  return Promise.all(sent);
}

async function push({ url, secret }: Hook): Promise<Answer> {
  const after = randomBytes(20).toString('hex');
  const repository = { id: 1, full_name: 'acme/shop', default_branch: 'main' };
  const commits = Array.from({ length: 20 }, (_, at) => ({
    id: after,
    message: `feat: sell more of ${at}`,
    author: { name: 'Mona', email: 'mona@example.org' },
    added: [],
    removed: [],
    modified: [`src/part-${at}.ts`],
  }));
  const before = randomBytes(20).toString('hex');
  const body = JSON.stringify({
    ref: 'refs/heads/main',
    before,
    after,
    commits,
    repository,
    sender: { login: 'mona' },
  });
  const startedAt = performance.now();
  const status = await request(url, {
    method: 'POST',
    dispatcher: agent,
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'push',
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
  }).then(
    async (answer) => {
      await answer.body.dump();
      return answer.statusCode;
    },
    () => 0,
  );
  return { status, tookMs: performance.now() - startedAt };
}

function report(answers: readonly Answer[]): boolean {
  const times = answers.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  const at = (share: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
  const failed = answers.filter(({ status }) => status !== 202).length;
  const lines = [
    `${PER_SECOND} deliveries/s for ${seconds} s to ${PROJECTS} projects, workers audit meanwhile`,
    `  answered    ${answers.length - failed} of ${answers.length}`,
    `  latency ms  p50 ${at(0.5)}  p95 ${at(0.95)}  p99 ${at(0.99)}  max ${Math.round(times.at(-1) ?? 0)}`,
    `goal: p99 ${GOAL_P99_MS} ms, 0 failed`,
  ];
  console.log(lines.join('\n'));
  return failed === 0 && at(0.99) <= GOAL_P99_MS;
}
