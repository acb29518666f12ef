import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SetupFailure } from './failure.mjs';
import { forwardSignals } from './forward-signals.mjs';

const KEPT_CHARACTERS = 20_000;
const SHOWN_LINES = 25;

/**
 * Runs a program in silence; its last lines are told only when it fails.
 * @param {string} what names it in the failure
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
export async function runQuietly(what, program, args, env = {}) {
  let output = '';
  const keep = (chunk) => {
    output = `${output}${chunk}`.slice(-KEPT_CHARACTERS);
  };
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    // A group of its own, to end whatever it started too.
    detached: true,
  });
  const ended = forwardSignals((signal) => process.kill(-child.pid, signal));
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  const [code, signal] = await once(child, 'close');
  ended();
  if (code === 0) return;
  if (/ENOSPC|No space left on device/.test(output)) throw new SetupFailure('The disk is full.');
  const lines = output.trim().split('\n').slice(-SHOWN_LINES).join('\n');
  throw new SetupFailure(`${what} failed (${signal ?? `exit code ${code}`}):\n${lines}`);
}
