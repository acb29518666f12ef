import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, closeSync, openSync } from 'node:fs';
import { AppError } from '@/lib/errors';
import { PULSE, PULSE_MS } from '@/lib/pulse';

export interface ChildSpec {
  name: string;
  /** What Node is given. */
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  logFile: string;
  /** Shows the log on the terminal too. */
  isVerbose: boolean;
  /** Milliseconds between two looks at whether it said that it lives; default `PULSE_MS`. */
  pulseMs?: number;
  /** Milliseconds until it must have said that it is ready, else it is ended; without, it never says so. */
  startTimeoutMs?: number;
}

/** Looks without a word of life after which a child is taken for stuck: a minute and a half. */
const MAX_MISSED = 18;

export interface RunningChild {
  process: ChildProcess;
  /** Resolves when the child says it is ready. Rejects when it ends before. */
  ready: Promise<void>;
  /** Resolves to how it ended, when it has. */
  exited: Promise<string>;
}

/**
 * Starts a program of ours in a process group of its own. It ends by itself when the channel to us closes, and is ended
 * when it is not ready in time or is silent for long.
 */
export function startChild(spec: ChildSpec): RunningChild {
  const { name, args, env, logFile, isVerbose, pulseMs = PULSE_MS, startTimeoutMs } = spec;
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
  const starting =
    startTimeoutMs === undefined ? undefined : setTimeout(() => killGroup(child, 'SIGKILL'), startTimeoutMs);
  void ready.then(
    () => {
      clearTimeout(starting);
      endWhenSilent(child, pulseMs);
    },
    () => clearTimeout(starting),
  );
  return { process: child, ready, exited };
}

/** Looks are counted, not time: a machine that slept has missed one. */
function endWhenSilent(child: ChildProcess, everyMs: number): void {
  let missed = 0;
  const looking = setInterval(() => {
    missed += 1;
    if (missed > MAX_MISSED) killGroup(child, 'SIGKILL');
  }, everyMs);
  child.on('message', (message) => {
    if (message === PULSE) missed = 0;
  });
  child.once('exit', () => clearInterval(looking));
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
