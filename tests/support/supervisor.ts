import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findFreePort } from '@/scripts/postgres/ports';

export interface Instance extends AsyncDisposable {
  dataDirectory: string;
  port: number;
}

/** A data directory and a port of one's own. */
export async function newInstance(): Promise<Instance> {
  const dataDirectory = mkdtempSync(path.join(tmpdir(), 'elder-supervisor-'));
  // The account that runs PostgreSQL must get in.
  chmodSync(dataDirectory, 0o711);
  return {
    dataDirectory,
    port: await findFreePort(),
    async [Symbol.asyncDispose]() {
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

export interface SupervisorRun {
  process: ChildProcess;
  output(): string;
  /** Resolves when the output matches, rejects when the supervisor ends first. */
  says(pattern: RegExp): Promise<void>;
  exitCode: Promise<number | null>;
}

export function runSupervisor(instance: Instance, env: Record<string, string> = {}): SupervisorRun {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/support/programs/supervisor.ts'], {
    env: {
      PATH: process.env.PATH,
      PORT: String(instance.port),
      ELDER_DATA_DIR: instance.dataDirectory,
      ...env,
    } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const exitCode = once(child, 'close').then(([code]) => code as number | null);
  return {
    process: child,
    output: () => output,
    exitCode,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => pattern.test(output) && resolve();
        for (const stream of [child.stdout, child.stderr]) stream.on('data', look);
        look();
        void exitCode.then(() => reject(new Error(`It ended without ${pattern}:\n${output}`)));
      }),
  };
}

/** The process number the web answers with. */
export async function webPid({ port }: Instance): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(2_000) });
  return Number(await response.text());
}

/** The numbers of all processes that were started for a data directory. */
export function processesOf({ dataDirectory }: Instance, supervisor: number): number[] {
  const postmaster = path.join(dataDirectory, 'postgresql', 'data', 'postmaster.pid');
  const database = existsSync(postmaster) ? [Number(readFileSync(postmaster, 'utf8').split('\n')[0])] : [];
  return [supervisor, ...childrenOf(supervisor), ...database];
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function childrenOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.trim().split(' ').filter(Boolean).map(Number);
}
