import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '@/scripts/postgres/ports';

const START_TIMEOUT_MS = 10_000;

export interface TestRedis extends AsyncDisposable {
  url: string;
}

/** A server of one's own, which keeps nothing on disk: killed, it forgets all it held. */
export interface OwnRedis extends TestRedis {
  kill: () => Promise<void>;
  /** On the same port, empty. */
  startAgain: () => Promise<void>;
}

/** The Redis of REDIS_URL, or else the system's server on a free port; null where there is none. */
export async function startRedis(): Promise<TestRedis | null> {
  const given = process.env.REDIS_URL;
  if (given) return { url: given, [Symbol.asyncDispose]: async () => undefined };
  return startOwnRedis();
}

/** The system's server on a free port; null where there is none. */
export async function startOwnRedis(): Promise<OwnRedis | null> {
  const program = ['redis-server', 'valkey-server'].find((name) => !spawnSync(name, ['--version']).error);
  if (!program) {
    console.warn('No redis-server or valkey-server was found: the tests that need one are left out.');
    return null;
  }

  const directory = mkdtempSync(path.join(tmpdir(), 'elder-redis-'));
  const port = await findFreePort();
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', directory];
  const start = async () => {
    const server = spawn(program, flags, { stdio: 'ignore' });
    const exited = once(server, 'exit');
    await waitUntilOpen(port);
    return { server, exited };
  };
  let running = await start();
  const end = async (signal: NodeJS.Signals) => {
    running.server.kill(signal);
    await running.exited;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: () => end('SIGKILL'),
    startAgain: async () => {
      running = await start();
    },
    async [Symbol.asyncDispose]() {
      await end('SIGTERM');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function waitUntilOpen(port: number): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await isOpen(port))) {
    if (Date.now() > deadline) throw new Error('Redis did not start');
    await sleep(20);
  }
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
