import { setImmediate as soon } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTurns, createTurnsByKey } from './turns';

test('lets no more run at once than may, first come first served', async () => {
  const takeTurn = createTurns({ atOnce: 3, waiting: 10 });
  const order: number[] = [];
  let running = 0;
  let most = 0;

  await Promise.all(
    [0, 1, 2, 3, 4].map((id) =>
      takeTurn('a', async () => {
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
  const first = takeTurn('a', () => soon('first'));
  const second = takeTurn('a', () => soon('second'));

  await expect(takeTurn('a', () => soon('third'))).rejects.toMatchObject({ code: 'overloaded' });
  expect(await Promise.all([first, second])).toEqual(['first', 'second']);
  expect(await takeTurn('a', () => soon('fourth'))).toBe('fourth');
});

test('gives up a place in line when the signal fires', async () => {
  const takeTurn = createTurns({ atOnce: 1, waiting: 1 });
  const stop = new AbortController();
  const first = takeTurn('a', () => soon('first'));
  const waiting = takeTurn('a', () => soon('waiting'), stop.signal);

  stop.abort();

  await expect(waiting).rejects.toMatchObject({ code: 'overloaded' });
  expect(await takeTurn('a', () => soon('next'))).toBe('next');
  expect(await first).toBe('first');
});

test('hands the turn on when a run fails', async () => {
  const takeTurn = createTurns({ atOnce: 1, waiting: 1 });
  const failing = takeTurn('a', async () => {
    throw new Error('broken');
  });

  await expect(failing).rejects.toThrow('broken');
  expect(await takeTurn('a', () => soon('next'))).toBe('next');
});

/** Notes who runs; each run ends when it is let go. */
function stage(limits: { atOnce: number; waiting: number }) {
  const takeTurn = createTurns(limits);
  const started: string[] = [];
  const refused: string[] = [];
  const endings: (() => void)[] = [];
  return {
    started,
    refused,
    ask(key: string, signal?: AbortSignal) {
      const run = () => {
        started.push(key);
        return new Promise<void>((resolve) => endings.push(resolve));
      };
      takeTurn(key, run, signal).catch((error: { code: string }) => refused.push(`${key} ${error.code}`));
    },
    async endOldest() {
      endings.shift()?.();
      await soon();
    },
  };
}

test('one account never runs all at once, so that another runs without waiting', async () => {
  const { ask, started } = stage({ atOnce: 4, waiting: 50 });

  for (let count = 0; count < 20; count += 1) ask('flood');
  ask('other');
  await soon();

  expect(started).toEqual(['flood', 'flood', 'flood', 'other']);
});

test('whoever has not had a turn waits for what runs, and not for the line of another', async () => {
  const { ask, started, endOldest } = stage({ atOnce: 1, waiting: 20 });

  for (let count = 0; count < 5; count += 1) ask('flood');
  ask('other');
  ask('other');
  ask('third');
  await soon();
  for (let count = 0; count < 7; count += 1) await endOldest();

  expect(started).toEqual(['flood', 'other', 'third', 'flood', 'other', 'flood', 'flood', 'flood']);
});

test('newcomers, however many, do not keep a waiting account from its turn', async () => {
  const { ask, started, endOldest } = stage({ atOnce: 1, waiting: 20 });

  ask('first');
  ask('first');
  ask('new 1');
  await soon();
  for (let count = 2; count < 5; count += 1) {
    await endOldest();
    ask(`new ${count}`);
  }

  expect(started).toEqual(['first', 'new 1', 'first', 'new 2']);
});

test('a full line is not closed to others: the last of who has most in it is refused', async () => {
  const { ask, started, refused, endOldest } = stage({ atOnce: 1, waiting: 4 });

  for (let count = 0; count < 7; count += 1) ask('flood');
  await soon();
  expect(refused).toEqual(['flood overloaded', 'flood overloaded']);
  for (let count = 0; count < 3; count += 1) ask('other');
  await soon();

  expect(refused).toEqual([
    'flood overloaded',
    'flood overloaded',
    'flood overloaded',
    'flood overloaded',
    'other overloaded',
  ]);
  for (let count = 0; count < 4; count += 1) await endOldest();
  expect(started).toEqual(['flood', 'other', 'flood', 'other', 'flood']);
});

test('who gave up waiting leaves room, and gets no turn', async () => {
  const { ask, started, refused, endOldest } = stage({ atOnce: 1, waiting: 2 });
  const stop = new AbortController();

  ask('a');
  ask('b', stop.signal);
  ask('c');
  stop.abort();
  ask('d');
  await soon();
  for (let count = 0; count < 3; count += 1) await endOldest();

  expect(refused).toEqual(['b overloaded']);
  expect(started).toEqual(['a', 'c', 'd']);
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
