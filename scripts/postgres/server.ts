import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { AppError } from '@/lib/errors';
import { CLEAN_ENV } from './account';
import type { Cluster } from './cluster';
import { diskFull, saysDiskFull } from './disk';
import { stopLeftover } from './leftover';
import { ownerUrl } from './record';

export interface RunningPostgres {
  process: ChildProcess;
  /** Resolves to how it ended, when it has. */
  exited: Promise<string>;
  stop(): Promise<void>;
}

// PostgreSQL ends when its standard input closes, so it cannot outlive us even if we are killed.
const WATCHED = `
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
( read -r _ <&3; kill -INT $server ) &
watch=$!
exec 3<&-
wait $server
code=$?
kill $watch 2>/dev/null
exit $code`;

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '64MB',
  max_wal_size: '512MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;

export async function startPostgres(
  cluster: Cluster,
  logFile: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningPostgres> {
  const { binaries, directory, record, account } = cluster;
  await stopLeftover(directory);

  const flags = Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const command = [binaries.postgres, '-D', directory, '-p', String(record.port), ...flags];
  const log = openSync(logFile, 'a', 0o600);
  // Its own process group: Ctrl-C must reach the web and the worker first.
  const child = spawn('/bin/sh', ['-c', WATCHED, 'sh', ...command], {
    ...account,
    cwd: record.home,
    env: CLEAN_ENV,
    stdio: ['pipe', log, log],
    detached: true,
  });
  closeSync(log);
  const running = track(child, directory);
  await waitUntilReady(cluster, running, logFile);
  return running;
}

function track(child: ChildProcess, directory: string): RunningPostgres {
  const exited = once(child, 'exit').then(([code, signal]) => {
    child.stdin?.destroy();
    return signal ? `ended by ${signal}` : `exit code ${code}`;
  });
  child.stdin?.on('error', () => undefined);
  return {
    process: child,
    exited,
    async stop() {
      child.stdin?.end();
      const isOver = await Promise.race([exited.then(() => true), sleep(STOP_TIMEOUT_MS, false, { ref: false })]);
      if (!isOver) await stopLeftover(directory);
    },
  };
}

async function waitUntilReady(cluster: Cluster, running: RunningPostgres, logFile: string): Promise<void> {
  let hasExited = false;
  void running.exited.then(() => {
    hasExited = true;
  });
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await answers(ownerUrl(cluster.record)))) {
    if (hasExited) throw startFailure(cluster, logFile);
    if (Date.now() > deadline) {
      await running.stop();
      throw new AppError('unavailable', `PostgreSQL did not become ready; see ${logFile}.`);
    }
    await sleep(50);
  }
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function startFailure({ record }: Cluster, logFile: string): AppError {
  const log = readFileSync(logFile, 'utf8').slice(-4_000);
  if (saysDiskFull(log)) return diskFull(record.home);
  const reason = [...log.matchAll(/(?:FATAL|PANIC): {2}(?<reason>.+)/g)].at(-1)?.groups?.reason;
  return new AppError('unavailable', `PostgreSQL did not start${reason ? ` (${reason})` : ''}; see ${logFile}.`);
}
