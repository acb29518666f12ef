import { spawnSync } from 'node:child_process';
import { constants } from 'node:os';

export interface Run {
  /** Seconds. */
  wall: number;
  /** Seconds of the command and of all it waited for. */
  cpu: number;
  output: string;
  /** What went wrong, in a line; null when nothing did. What checkers find is told by status 1. */
  problem: string | null;
}

export interface RunOptions {
  cwd?: string;
  timeoutSeconds?: number;
}

const MAX_OUTPUT_BYTES = 512 * 1024 ** 2;
const TIMED_OUT = 124;
const KILLED = 128 + constants.signals.SIGKILL;

/** Runs a command and measures it, whatever becomes of it. */
export function tryCommand(command: readonly string[], { cwd, timeoutSeconds = 3_600 }: RunOptions = {}): Run {
  const script = 'TIMEFORMAT="%R %U %S"; time timeout --kill-after 10 "$@"';
  const done = spawnSync('bash', ['-c', script, 'bench', String(timeoutSeconds), ...command], {
    cwd,
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
    env: { ...process.env, LC_ALL: 'C' },
  });
  const said = done.stderr.trim().split('\n');
  const [wall = 0, user = 0, system = 0] = said.pop()?.split(' ').map(Number) ?? [];
  const isLate = done.status === TIMED_OUT || (done.status === KILLED && wall >= timeoutSeconds);
  const isFine = done.status === 0 || done.status === 1;
  const failure = `ended with ${done.status ?? done.signal}: ${said.at(-1) ?? ''}`;
  const problem = isLate ? `stopped after ${timeoutSeconds} s` : isFine ? null : failure;
  return { wall, cpu: user + system, output: done.stdout, problem };
}

/** The same for a command that has to work. */
export function runCommand(command: readonly string[], options: RunOptions = {}): Run {
  const done = tryCommand(command, options);
  if (done.problem) throw new Error(`${command.join(' ')} ${done.problem}`);
  return done;
}
