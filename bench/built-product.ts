import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findFreePort } from '@/scripts/postgres/ports';

const START_MS = 10 * 60_000;

export interface BuiltProduct extends AsyncDisposable {
  origin: string;
  email: string;
  password: string;
  /** A folder of its own, gone with the product. */
  work: string;
  /** Throws what was answered unless it is fine. */
  api<Result>(method: string, place: string, body?: object): Promise<Result>;
}

/** Where a host delivers what happened in a project, and what it signs with. */
export interface Hook {
  url: string;
  secret: string;
}

/** The whole product as `npm start` runs it, workers and database included, in a data directory of its own. */
export async function startProduct(): Promise<BuiltProduct> {
  const port = await findFreePort();
  const origin = `http://127.0.0.1:${port}`;
  const work = await mkdtemp(path.join(tmpdir(), 'elder-bench-product-'));
  const token = randomBytes(24).toString('base64url');
  const [email, password] = ['bench@example.org', randomBytes(12).toString('hex')];
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    env: {
      ...process.env,
      PORT: String(port),
      ELDER_DATA_DIR: path.join(work, 'data'),
      ELDER_INIT_EMAIL: email,
      ELDER_INIT_PASSWORD: password,
      ELDER_INIT_API_TOKEN: token,
      ALLOW_LOCAL_REPOSITORIES: 'true',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(work, { recursive: true, force: true });
  };
  try {
    await ready(origin);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    origin,
    email,
    password,
    work,
    async api(method, place, body) {
      const answer = await fetch(`${origin}/api/v1${place}`, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${method} ${place}: ${answer.status} ${await answer.text()}`);
      return await answer.json();
    },
    [Symbol.asyncDispose]: stop,
  };
}

/** The webhook of a project, as GitHub would call it. A path names no host: the page suggests one, and any is taken. */
export async function hookOf({ api }: BuiltProduct, projectId: string): Promise<Hook> {
  const { url, secret } = await api<Hook>('GET', `/projects/${projectId}/webhook?host=github`);
  return { url: url.replace(/webhooks\/[^/]+/, 'webhooks/github'), secret };
}

async function ready(origin: string): Promise<void> {
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
