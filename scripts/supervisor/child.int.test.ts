import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startChild, stopChild } from './child';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'elder-child-'));
});

afterAll(() => rm(directory, { recursive: true }));

const start = (program: string, startTimeoutMs?: number) =>
  startChild({
    name: 'worker',
    args: ['--eval', program],
    env: process.env,
    logFile: join(directory, 'worker.log'),
    isVerbose: false,
    pulseMs: 50,
    startTimeoutMs,
  });

test('a child whose event loop stands still is ended', async () => {
  const child = start(`process.send('ready', () => { for (;;); });`);
  await child.ready;

  expect(await child.exited).toBe('ended by SIGKILL');
});

test('a child that says that it lives is left alone', async () => {
  const child = start(`process.send('ready'); setInterval(() => process.send('alive'), 40);`);
  await child.ready;
  const words = new Promise<void>((resolve) => {
    let heard = 0;
    child.process.on('message', () => ++heard === 50 && resolve());
  });

  await words;
  expect(child.process.exitCode ?? child.process.signalCode).toBeNull();
  await stopChild(child, 5_000);
  expect(await child.exited).toBe('ended by SIGTERM');
});

test('a child that is not ready in time is ended, and that is said', async () => {
  const child = start('setInterval(() => undefined, 1000);', 200);

  await expect(child.ready).rejects.toThrow('The worker did not start (ended by SIGKILL); see');
});

test('a child that was ready in time stays', async () => {
  const child = start(`process.send('ready'); setInterval(() => process.send('alive'), 40);`, 2_000);
  await child.ready;

  expect(await Promise.race([child.exited, setTimeout(2_500, 'still here')])).toBe('still here');
  await stopChild(child, 5_000);
});
