import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ChildSpec } from './child';
import { runErrand } from './errand';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'elder-errand-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

test('gives what a program answers', async () => {
  const answer = await runErrand(program('process.send({ result: 7 }, () => process.disconnect())'), never());

  expect(answer).toBe(7);
});

test('takes the answer of a program that does not end by itself', async () => {
  const answer = await runErrand(program('setInterval(() => 0, 1000); process.send({ result: 7 })'), never());

  expect(answer).toBe(7);
}, 20_000);

test('names the log of a program that ends without an answer', async () => {
  const running = runErrand(program('process.exit(3)'), never());

  await expect(running).rejects.toThrow(`errand failed (exit code 3); see ${path.join(directory, 'errand.log')}.`);
});

test('ends a program at once when the end is asked for', async () => {
  const asked = new AbortController();
  const running = runErrand(program('setInterval(() => 0, 1000)'), asked.signal);

  asked.abort();

  await expect(running).rejects.toThrow(/^errand failed \(ended by SIG(?:TERM|KILL)\)/);
}, 20_000);

function program(source: string): ChildSpec {
  return {
    name: 'errand',
    args: ['-e', source],
    env: {} as unknown as NodeJS.ProcessEnv,
    logFile: path.join(directory, 'errand.log'),
    isVerbose: false,
  };
}

function never(): AbortSignal {
  return new AbortController().signal;
}
