import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startChild, stopChild } from './child';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'elder-child-'));
});

afterAll(() => rm(directory, { recursive: true }));

const start = (program: string) =>
  startChild({
    name: 'worker',
    args: ['--eval', program],
    env: process.env,
    logFile: join(directory, 'worker.log'),
    isVerbose: false,
    pulseMs: 50,
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
