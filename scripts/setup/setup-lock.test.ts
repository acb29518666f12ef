import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';

const MODULE = new URL('./setup-lock.mjs', import.meta.url).href;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'elder-setup-lock-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes what it does to a log in the folder that is set up. */
function program(work: string): string {
  return `import { appendFileSync } from 'node:fs';
    import { setTimeout as pause } from 'node:timers/promises';
    import { withSetupLock as alone } from '${MODULE}';
    const log = (line) => appendFileSync('log', line + '\\n');
    ${work}`;
}

function start(work: string) {
  return spawn(process.execPath, ['--input-type=module', '--eval', program(work)], { cwd: folder, stdio: 'ignore' });
}

test('one sets up a folder after the other', async () => {
  const work = `await alone(async () => {
    log('begin ' + process.pid); await alone(() => pause(100)); log('end ' + process.pid);
  });`;
  const both = [start(work), start(work), start(work)];
  await Promise.all(both.map((child) => once(child, 'exit')));

  const lines = readFileSync(join(folder, 'log'), 'utf8').trim().split('\n');
  const holders = lines.map((line) => line.split(' ')[1]);
  expect(lines).toHaveLength(6);
  for (const at of [0, 2, 4])
    expect([lines[at], lines[at + 1]]).toEqual([`begin ${holders[at]}`, `end ${holders[at]}`]);
  expect(existsSync(join(folder, '.setup-lock'))).toBe(false);
});

test('a lock counts for nothing once its holder is gone, and after work that failed', async () => {
  const killed = start(`await alone(async () => { log('held'); process.kill(process.pid, 'SIGKILL'); });`);
  await once(killed, 'exit');
  const left = readFileSync(join(folder, '.setup-lock'), 'utf8');

  const failed = start(`await alone(() => Promise.reject(new Error('full'))).catch(() => log('failed'));`);
  await once(failed, 'exit');
  // Of another process that had this number.
  writeFileSync(join(folder, '.setup-lock'), left.replace(/^\d+/, String(process.pid)));
  const last = start(`await alone(async () => log('done'));`);
  await once(last, 'exit');

  expect(left).toMatch(/^\d+ \S+ \S+$/);
  expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('held\nfailed\ndone\n');
});

test('who waits is told for whom, and goes on when that one is gone', async () => {
  const holder = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      program(`await alone(async () => {
    log('held'); await new Promise((done) => process.once('SIGTERM', done).once('message', done)); });`),
    ],
    {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    },
  );
  while (!existsSync(join(folder, 'log'))) await pause(10);
  const waiting = spawn(
    process.execPath,
    ['--input-type=module', '--eval', program(`await alone(async () => log('done'));`)],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const [said] = await once(waiting.stdout, 'data');
  const before = readFileSync(join(folder, 'log'), 'utf8');
  holder.kill('SIGKILL');
  await once(waiting, 'exit');

  expect(String(said)).toContain(`Another process (${holder.pid}) sets up this folder`);
  expect([before, readFileSync(join(folder, 'log'), 'utf8')]).toEqual(['held\n', 'held\ndone\n']);
});
