import { expect, test, vi } from 'vitest';
import { keepRunning } from './keep-running';

test('renews what runs at once and without a word', async () => {
  const [first, second] = [running(), running()];
  const ends: string[] = [];
  const kept = keepRunning(
    first,
    () => second,
    (how) => ends.push(how),
  );

  await kept.renew(async ({ end }) => end('exit code 0'));
  await vi.waitFor(() => expect(kept.current()).toBe(second));

  expect(ends).toEqual([]);
  await kept.stop(async ({ end }) => end('exit code 0'));
});

test('tells how something ended and starts it again', async () => {
  const [first, second] = [running(), running()];
  const ends: unknown[] = [];
  const kept = keepRunning(
    first,
    () => second,
    (how, delayMs) => ends.push([how, delayMs]),
  );

  first.end('ended by SIGKILL');
  await vi.waitFor(() => expect(kept.current()).toBe(second));

  expect(ends).toEqual([['ended by SIGKILL', 500]]);
  await kept.stop(async ({ end }) => end('exit code 0'));
});

test('tries again when a start fails', async () => {
  const [first, third] = [running(), running()];
  let hasFailed = false;
  const start = () => {
    if (hasFailed) return third;
    hasFailed = true;
    throw new Error('no room');
  };
  const ends: string[] = [];
  const kept = keepRunning(first, start, (how) => ends.push(how));

  first.end('exit code 1');
  await vi.waitFor(() => expect(kept.current()).toBe(third), { timeout: 5_000 });

  expect(ends).toEqual(['exit code 1', 'no room']);
  await kept.stop(async ({ end }) => end('exit code 0'));
});

test('starts nothing after it was stopped', async () => {
  const first = running();
  const start = vi.fn(() => running());
  const kept = keepRunning(first, start, () => undefined);

  await kept.stop(async ({ end }) => end('exit code 0'));
  await first.exited;

  expect(start).not.toHaveBeenCalled();
});

function running() {
  const { promise: exited, resolve: end } = withResolvers();
  return { exited, end };
}

function withResolvers() {
  let resolve: (how: string) => void = () => undefined;
  const promise = new Promise<string>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
