import { Gauge, Registry } from 'prom-client';
import { afterEach, expect, test, vi } from 'vitest';
import { measured } from './metric-registries';

afterEach(() => {
  vi.useRealTimers();
});

test('a collector that gets no answer is absent, holds nobody up, and is not asked beside itself', async () => {
  vi.useFakeTimers();
  const registry = new Registry();
  let asked = 0;
  let answer: () => void = () => undefined;
  new Gauge({
    name: 'elder_slow',
    help: 'Slow.',
    registers: [registry],
    collect: measured(async (gauge) => {
      asked += 1;
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      gauge.set(asked);
    }),
  });
  const read = async () => {
    const text = registry.metrics();
    await vi.advanceTimersByTimeAsync(2_000);
    return text;
  };

  expect(await read()).not.toMatch(/^elder_slow /m);
  expect(await read()).not.toMatch(/^elder_slow /m);
  expect(asked).toBe(1);

  answer();
  await vi.advanceTimersByTimeAsync(0);
  const next = registry.metrics();
  await vi.advanceTimersByTimeAsync(0);
  answer();

  expect(asked).toBe(2);
  expect(await next).toMatch(/^elder_slow 2$/m);
});
