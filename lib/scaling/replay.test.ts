import { expect, test } from 'vitest';
import { type ReplayStep, replay } from './replay';
import { STRATEGIES } from './strategies/strategies';
import type { StrategyId, Target } from './strategies/strategy';
import { replicaHourCost } from './tiers';

const TARGET: Target = {
  minReplicas: 1,
  maxReplicas: 50,
  fixedReplicas: 2,
  slotsPerReplica: 2,
  utilisation: 0.8,
  queueSeconds: 30,
  downAfterSeconds: 60,
  tier: 'medium',
};

function play(id: StrategyId, loads: readonly (number | null)[], forecast: ReplayStep['forecast'] = null) {
  const steps = loads.map((load, minute) => ({ startMs: minute * 60_000, load, meanSeconds: 10, forecast }));
  return replay(steps, { strategy: STRATEGIES[id], target: TARGET, stepSeconds: 60, startupSeconds: 60 });
}

test('what a fixed number carries does not wait, and what it does not piles up', () => {
  expect(play('manual', [4, 4, 4])).toMatchObject({ replicas: [2, 2, 2], meanWaitSeconds: 0, worstWaitSeconds: 0 });
  // One slot too few: a minute of work more waits with each minute, four slots take it in 15 s each.
  expect(play('manual', [5, 5, 5, 5])).toMatchObject({ worstWaitSeconds: 60 });
});

test('an hour of replicas costs what its tier does', () => {
  const { replicaHours, cost } = play('manual', new Array(60).fill(0));

  expect(replicaHours).toBeCloseTo(2);
  expect(cost).toBeCloseTo(2 * replicaHourCost('medium'));
});

test('minutes that were not measured are shown as such, and nothing is made of them', () => {
  const { replicas, measuredSteps, replicaHours } = play('reactive', [2, null, null, 2]);

  expect(replicas).toEqual([expect.any(Number), null, null, expect.any(Number)]);
  expect(measuredSteps).toBe(2);
  expect(replicaHours).toBeLessThan(0.2);
  expect(play('reactive', [null])).toMatchObject({ meanWaitSeconds: null, worstWaitSeconds: null, measuredSteps: 0 });
});

test('a forecast of a rise spares waits that reacting alone has', () => {
  const rise = [1, 1, 20, 20, 20, 20];

  const ahead = play('predictive', rise, { load: 20, high: 24 });

  expect(ahead.meanWaitSeconds).toBeLessThan(play('reactive', rise).meanWaitSeconds ?? 0);
});
