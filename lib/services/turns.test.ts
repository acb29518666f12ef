import { setImmediate as soon } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTurns, createTurnsByKey } from './turns';

test('lets no more run at once than may, first come first served', async () => {
  const takeTurn = createTurns({ atOnce: 2, waiting: 10 });
  const order: number[] = [];
  let running = 0;
  let most = 0;

  await Promise.all(
    [0, 1, 2, 3, 4].map((id) =>
      takeTurn(async () => {
        order.push(id);
        running += 1;
        most = Math.max(most, running);
        await soon();
        running -= 1;
      }),
    ),
  );

  expect(most).toBe(2);
  expect(order).toEqual([0, 1, 2, 3, 4]);
});

test('refuses who finds no room to wait, and takes others once there is', async () => {
  const takeTurn = createTurns({ atOnce: 1, waiting: 1 });
  const first = takeTurn(() => soon('first'));
  const second = takeTurn(() => soon('second'));

  await expect(takeTurn(() => soon('third'))).rejects.toMatchObject({ code: 'overloaded' });
  expect(await Promise.all([first, second])).toEqual(['first', 'second']);
  expect(await takeTurn(() => soon('fourth'))).toBe('fourth');
});

test('gives up a place in line when the signal fires', async () => {
  const takeTurn = createTurns({ atOnce: 1, waiting: 1 });
  const stop = new AbortController();
  const first = takeTurn(() => soon('first'));
  const waiting = takeTurn(() => soon('waiting'), stop.signal);

  stop.abort();

  await expect(waiting).rejects.toMatchObject({ code: 'overloaded' });
  expect(await takeTurn(() => soon('next'))).toBe('next');
  expect(await first).toBe('first');
});

test('hands the turn on when a run fails', async () => {
  const takeTurn = createTurns({ atOnce: 1, waiting: 1 });
  const failing = takeTurn(async () => {
    throw new Error('broken');
  });

  await expect(failing).rejects.toThrow('broken');
  expect(await takeTurn(() => soon('next'))).toBe('next');
});

test('of one key hold up nobody who asks under another', async () => {
  const takeTurn = createTurnsByKey({ atOnce: 1, waiting: 0 });
  const stop = new AbortController();
  const slow = takeTurn(
    'a',
    () => new Promise((resolve) => stop.signal.addEventListener('abort', () => resolve('slow'))),
  );

  await expect(takeTurn('a', () => soon('second'))).rejects.toMatchObject({ code: 'overloaded' });
  expect(await takeTurn('b', () => soon('other'))).toBe('other');
  stop.abort();
  expect(await slow).toBe('slow');
  expect(await takeTurn('a', () => soon('next'))).toBe('next');
});
