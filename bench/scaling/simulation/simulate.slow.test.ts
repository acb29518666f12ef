import { expect, test } from 'vitest';
import { STRATEGIES } from '@/lib/scaling/strategies/strategies';
import type { Target } from '@/lib/scaling/strategies/strategy';
import { type SimulationOptions, simulate } from './simulate';

const TARGET: Target = {
  minReplicas: 1,
  maxReplicas: 100,
  fixedReplicas: 20,
  slotsPerReplica: 1,
  utilisation: 0.9,
  queueSeconds: 30,
  downAfterSeconds: 60,
  tier: 'medium',
};
const MIX = [{ share: 1, medianSeconds: 10, spread: 0.5 }];

function play(loads: readonly number[], options: Partial<SimulationOptions> = {}) {
  return simulate({
    load: { startMs: 0, stepSeconds: 3600, values: loads },
    mix: MIX,
    strategy: STRATEGIES.manual,
    target: TARGET,
    startupSeconds: 60,
    everySeconds: 15,
    forecastAt: () => null,
    seed: 1,
    ...options,
  });
}

test('a fixed number is as busy as the load says, and waits as Erlang’s formula does', () => {
  const result = play(new Array(200).fill(16), { mix: [{ share: 1, medianSeconds: 10, spread: 0 }] });

  expect(result.podMinutes).toBeCloseTo(20 * 200 * 60, -2);
  expect(result.utilisation).toBeCloseTo(0.8, 1);
  // Erlang C for 20 slots and a load of 16: 25.6 % wait at all.
  expect(result.wait.p50).toBe(0);
  expect(result.wait.p95).toBeGreaterThan(0);
  expect(result.wait.p99).toBeLessThan(20);
});

test('is the same for the same seed and another for another', () => {
  expect(play([10, 12])).toEqual(play([10, 12]));
  expect(play([10, 12], { seed: 2 })).not.toEqual(play([10, 12]));
});

test('a pod that is asked for takes jobs only once it has started', () => {
  const slow = play([1, 30, 30], { strategy: STRATEGIES.reactive, startupSeconds: 300 });
  const fast = play([1, 30, 30], { strategy: STRATEGIES.reactive, startupSeconds: 0 });

  expect(slow.wait.p99).toBeGreaterThan((fast.wait.p99 ?? 0) + 60);
});

test('a forecast that knows the rise spares the wait', () => {
  const loads = [5, 40, 40, 40];
  const knows = (atMs: number) => {
    const hour = Math.floor((atMs / 1000 + 300) / 3600);
    const load = loads[hour] ?? 0;
    return { load, high: load * 1.1 };
  };
  const options = { startupSeconds: 300 };

  const without = play(loads, { ...options, strategy: STRATEGIES.reactive });
  const withIt = play(loads, { ...options, strategy: STRATEGIES.predictive, forecastAt: knows });

  expect(withIt.wait.p99).toBeLessThan((without.wait.p99 ?? 0) / 2);
});
