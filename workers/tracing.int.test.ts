import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { app } from '@/lib/api/app';
import { closeDb, db } from '@/lib/db/client';
import { WORKER_KINDS } from '@/lib/env';
import { openGitDir } from '@/lib/git/open-local';
import { resolveCommit } from '@/lib/git/read-tree';
import { createLogger } from '@/lib/logger';
import { closePublisher } from '@/lib/realtime/publish';
import { getWebhook } from '@/lib/services/project-webhooks';
import { startTracing } from '@/lib/tracing/start-tracing';
import { until } from '@/tests/support/audits';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { type HookServer, startHookServer } from '@/tests/support/hook-server';
import { localRepository } from '@/tests/support/local-repository';
import { notifiedTeam } from '@/tests/support/notified-team';
import { github, sentBy } from '@/tests/support/providers/deliveries';
import { startWorker } from './worker';

interface Sent {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: { key: string; value: { stringValue?: string; intValue?: number } }[];
}

/** A collector of OTLP over HTTP, in JSON. */
async function startCollector() {
  const spans: Sent[] = [];
  const paths = new Set<string>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    paths.add(request.url ?? '');
    const body = JSON.parse(Buffer.concat(chunks).toString());
    for (const resource of body.resourceSpans) {
      for (const scope of resource.scopeSpans) spans.push(...scope.spans);
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    paths,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

let database: TestDatabase;
let hooks: HookServer;
let work: string;

beforeAll(async () => {
  hooks = await startHookServer();
  work = await mkdtemp(path.join(tmpdir(), 'elder-traces-'));
  process.env.ELDER_DATA_DIR = path.join(work, 'data');
  process.env.ALLOW_LOCAL_REPOSITORIES = 'true';
  process.env.ALLOWED_HOSTS = hooks.host;
  database = await testDatabase();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await hooks[Symbol.asyncDispose]();
  await rm(work, { recursive: true, force: true });
});

test('a push is one trace, from its webhook through the queue to the message about it', async () => {
  await using collector = await startCollector();
  await using repository = await localRepository({
    files: { 'src/pay.ts': 'export function pay() {\n  // TODO: charge the card\n  return true;\n}\n' },
  });
  const lines: Record<string, unknown>[] = [];
  const log = createLogger({ level: 'info', format: 'json', write: (line) => lines.push(JSON.parse(line)) });
  const tracing = await startTracing({ endpoint: `${collector.url}/`, process: 'test', version: '1', log });
  const team = await notifiedTeam();
  await team.addChannel({ kind: 'webhook', name: 'Ours', address: `${hooks.url}/traced` });
  const { teamId, projectId } = team;
  // No project is that healthy: the gate turns red, which is told.
  const gate = { health: { warn: null, fail: 100 }, failedMagic: 'ignored', newFindings: {} };
  await db().team.updateMany({ where: { id: teamId }, data: { policy: { gate } } });
  await db().project.updateMany({ where: { id: projectId }, data: { repositoryUrl: repository.path } });
  const { secret } = await getWebhook(await team.admin.ask(), projectId);
  const after = await resolveCommit(await openGitDir(repository.path));
  const { headers, body } = sentBy('github', github.push({ after, files: ['src/pay.ts'] }), { secret });
  const worker = await startWorker({
    databaseUrl: database.url,
    kinds: WORKER_KINDS,
    concurrency: 2,
    log,
    queuePrefix: randomUUID(),
  });

  const sent = {
    method: 'POST',
    headers: { ...headers, 'content-length': String(body.length) },
    body: Buffer.from(body),
  };
  const url = `http://localhost/api/v1/webhooks/github/${projectId}`;
  expect((await app.fetch(new Request(url, sent), { clientAddress: '203.0.113.9' })).status).toBe(202);
  await until('the message about it', async () => hooks.at('/traced').length > 0, 120_000);
  await worker.stop();
  await tracing[Symbol.asyncDispose]();

  const { spans } = collector;
  const root = spans.find(({ name }) => name === 'webhook.receive');
  const ofTrace = spans.filter(({ traceId }) => traceId === root?.traceId);
  const audit = await db().audit.findFirstOrThrow({ where: { projectId } });
  expect([...collector.paths]).toEqual(['/v1/traces']);
  expect(new Set(ofTrace.map(({ name }) => name))).toEqual(
    new Set([
      'webhook.receive',
      'webhook.process',
      'audit.request',
      'audit.prepare',
      'audit.history',
      'audit.judge',
      'audit.settle',
      'notification.write',
      'notification.send',
      ...ofTrace.map(({ name }) => name).filter((name) => name.startsWith('git ')),
    ]),
  );
  expect(ofTrace.some(({ name }) => name.startsWith('git '))).toBe(true);
  expect(ancestorsOf(ofTrace, 'notification.send')).toContain(root?.spanId);
  expect(ofTrace.filter(({ name }) => name === 'audit.judge').every((span) => idIn(span) === audit.id)).toBe(true);
  const told = JSON.stringify(spans);
  for (const secretText of [secret, repository.path, hooks.url, 'charge the card', 'pay.ts', 'src/']) {
    expect(told).not.toContain(secretText);
  }
  const settled = lines.find(({ msg, job }) => msg === 'job done' && job === 'audit.settle');
  expect(settled).toMatchObject({ traceId: root?.traceId, auditId: audit.id });
}, 240_000);

function ancestorsOf(spans: readonly Sent[], name: string): (string | undefined)[] {
  const ids: (string | undefined)[] = [];
  for (let span = spans.find((one) => one.name === name); span; ) {
    const { parentSpanId } = span;
    ids.push(parentSpanId);
    span = spans.find(({ spanId }) => spanId === parentSpanId);
  }
  return ids;
}

function idIn({ attributes }: Sent): string | undefined {
  return attributes.find(({ key }) => key === 'elder.audit.id')?.value.stringValue;
}
