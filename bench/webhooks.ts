import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { buildRepository } from '@/tests/support/sketch-repository';
import { type BuiltProduct, type Hook, hookOf, startProduct } from './built-product';
import { percentiles } from './percentiles';

// Usage: npm run bench:webhooks [-- <seconds>]. Sends pushes at an even pace to the whole product, workers included, as a
// busy Git host would, and tells how long it took to answer each.
const PER_SECOND = 100;
const PROJECTS = 20;
const GOAL_P99_MS = 1_000;

const seconds = Number(process.argv[2] ?? 120);
const agent = new Agent({ connections: 200, pipelining: 1 });

{
  await using product = await startProduct();
  const hooks: Hook[] = [];
  for (let at = 0; at < PROJECTS; at++) hooks.push(await register(product, at));
  const answers = await send(hooks);
  process.exitCode = report(answers) ? 0 : 1;
}
await agent.close();

async function register(product: BuiltProduct, at: number): Promise<Hook> {
  const repositoryUrl = path.join(product.work, `shop-${at}.git`);
  await buildRepository(repositoryUrl, { files: { 'src/pay.ts': `export const a = ${at};\n` } });
  const { projectId } = await product.api<{ projectId: string }>('POST', '/projects', { repositoryUrl });
  return hookOf(product, projectId);
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
  const times = percentiles(answers.map(({ tookMs }) => tookMs));
  const failed = answers.filter(({ status }) => status !== 202).length;
  const lines = [
    `${PER_SECOND} deliveries/s for ${seconds} s to ${PROJECTS} projects, workers audit meanwhile`,
    `  answered    ${answers.length - failed} of ${answers.length}`,
    `  latency ms  ${times.text}`,
    `goal: p99 ${GOAL_P99_MS} ms, 0 failed`,
  ];
  console.log(lines.join('\n'));
  return failed === 0 && times.at(0.99) <= GOAL_P99_MS;
}
