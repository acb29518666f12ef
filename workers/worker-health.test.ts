import { expect, test } from 'vitest';
import { createWorkerHealth } from './worker-health';

const well = () => Promise.resolve();
const away = () => Promise.reject(new Error('away'));

function health(needs: { database: () => Promise<void>; queue: () => Promise<void> }) {
  let at = 0;
  const made = createWorkerHealth({ needs, now: () => at });
  return {
    ...made,
    pass: (ms: number) => {
      at += ms;
    },
  };
}

test('is alive as long as every loop comes round', async () => {
  const worker = health({ database: well, queue: well });
  worker.turn('report');
  worker.turn('relay');
  worker.pass(100_000);
  worker.turn('relay');

  expect(await worker.checkLive()).toEqual({ isLive: true, standing: [] });
  worker.pass(30_000);
  expect(await worker.checkLive()).toEqual({ isLive: false, standing: ['report'] });
});

test('is not to blame for a loop that waits for what is away', async () => {
  const worker = health({ database: away, queue: well });
  worker.turn('report');
  worker.pass(600_000);

  expect(await worker.checkLive()).toEqual({ isLive: true, standing: ['report'] });
  expect(await worker.checkReady()).toEqual({
    isReady: false,
    isDraining: false,
    checks: { database: 'failed', queue: 'ok' },
  });
});

test('is not ready once it drains', async () => {
  const worker = health({ database: well, queue: well });
  worker.drain();

  expect(await worker.checkReady()).toMatchObject({ isReady: false, isDraining: true });
  expect(await worker.checkLive()).toMatchObject({ isLive: true });
});
