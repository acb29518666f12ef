import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, closeSync, openSync } from 'node:fs';
import { AppError } from '@/lib/errors';

export interface ChildSpec {
  name: string;
  /** What Node is given. */
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  logFile: string;
  /** Shows the log on the terminal too. */
  isVerbose: boolean;
}

export interface RunningChild {
  process: ChildProcess;
  /** Resolves when the child says it is ready. Rejects when it ends before. */
  ready: Promise<void>;
  /** Resolves to how it ended, when it has. */
  exited: Promise<string>;
}

/** Starts a program of ours in a process group of its own. It ends by itself when the channel to us closes. */
export function startChild({ name, args, env, logFile, isVerbose }: ChildSpec): RunningChild {
  const log = openSync(logFile, 'a', 0o600);
  const output = isVerbose ? 'pipe' : log;
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', output, output, 'ipc'], detached: true });
  closeSync(log);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      appendFileSync(logFile, chunk);
      process.stdout.write(chunk);
    });
  }

  const exited = once(child, 'exit').then(([code, signal]) => {
    killGroup(child, 'SIGKILL');
    return signal ? `ended by ${signal}` : `exit code ${code}`;
  });
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (message) => message === 'ready' && resolve());
    void exited.then((how) =>
      reject(new AppError('unavailable', `The ${name} did not start (${how}); see ${logFile}.`)),
    );
  });
  ready.catch(() => undefined);
  return { process: child, ready, exited };
}

/** Asks a child to end, waits while it drains, and ends what is left of its group. */
export async function stopChild({ process: child, exited }: RunningChild, timeoutMs: number): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => killGroup(child, 'SIGKILL'), timeoutMs);
  await exited;
  clearTimeout(timer);
}

export function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The whole group is gone already.
  }
}
