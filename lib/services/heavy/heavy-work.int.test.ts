import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHeavyWork } from './heavy-work';

const LCOV = 'SF:src/pay.ts\nDA:1,1\nDA:2,0\nend_of_record\n';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const debuggerAt = (path: string, startLine: number) => ({
  ruleId: 'integrity/no-debug-leftover',
  messageId: 'debugger',
  data: { callee: 'debugger' },
  path,
  startLine,
  endLine: startLine,
  fingerprint: 'a',
});

let started: Worker[];
const note = (worker: Worker) => void started.push(worker);

beforeEach(() => {
  started = [];
  process.on('worker', note);
});

afterEach(async () => {
  process.off('worker', note);
  await Promise.all(started.map((worker) => worker.terminate()));
});

test('one thread does one task after the other, and is there for the next', async () => {
  const { run } = createHeavyWork();
  const text = 'export function pay(card: Card) {\n  debugger;\n  return charge(card);\n}\n';

  const [fixed, report] = await Promise.all([
    run('team', 'patch', { path: 'pay.ts', bytes: bytes(text), finding: debuggerAt('pay.ts', 2) }),
    run('team', 'coverage', { bytes: bytes(LCOV), format: undefined }),
  ]);
  await expect(run('team', 'coverage', { bytes: bytes('no report'), format: 'lcov' })).rejects.toMatchObject({
    code: 'unprocessable',
    details: { line: 1 },
  });

  expect(fixed?.patch).toContain('-  debugger;');
  expect(report).toMatchObject({ format: 'lcov', files: 1, lines: 2, hit: 1 });
  expect(started).toHaveLength(1);
});

test('what takes too long gives nothing, and its thread is ended', async () => {
  const { run } = createHeavyWork({ timeoutMs: 0 });

  const report = run('team', 'coverage', { bytes: bytes(LCOV.repeat(50_000)), format: 'lcov' });

  expect(await report).toBeNull();
  if (started[0]) await once(started[0], 'exit');
});

test('a thread without work is ended', async () => {
  const { run } = createHeavyWork({ idleMs: 1 });

  await run('team', 'coverage', { bytes: bytes(LCOV), format: 'lcov' });
  if (started[0]) await once(started[0], 'exit');

  expect(await run('team', 'coverage', { bytes: bytes(LCOV), format: 'lcov' })).toMatchObject({ files: 1 });
  expect(started).toHaveLength(2);
});

test('who finds no room to wait is refused', async () => {
  const { run } = createHeavyWork({ waiting: 0 });
  const first = run('team', 'coverage', { bytes: bytes(LCOV), format: 'lcov' });

  await expect(run('team', 'coverage', { bytes: bytes(LCOV), format: 'lcov' })).rejects.toMatchObject({
    code: 'overloaded',
  });
  await first;
});
