import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hpaReplicas } from './hpa-algorithm';
import { reactive } from './reactive';
import { STRATEGIES } from './strategies';
import type { Memory, Observed, Target } from './strategy';

const TARGET: Target = {
  minReplicas: 1,
  maxReplicas: 50,
  fixedReplicas: 3,
  slotsPerReplica: 2,
  utilisation: 0.8,
  queueSeconds: 30,
  downAfterSeconds: 60,
  tier: 'medium',
};
const OBSERVED: Observed = {
  atMs: 1_000_000,
  replicas: 4,
  waiting: 0,
  running: 0,
  oldestWaitSeconds: 0,
  waitingSeconds: 0,
  utilisation: 0.8,
  forecast: null,
};

const anyObserved = fc.record({
  atMs: fc.integer({ min: 1_000_000, max: 2_000_000 }),
  replicas: fc.nat(80),
  waiting: fc.nat(5_000),
  running: fc.nat(400),
  oldestWaitSeconds: fc.double({ min: 0, max: 10_000, noNaN: true }),
  waitingSeconds: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
  utilisation: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  forecast: fc.option(
    fc.record({
      load: fc.double({ min: 0, max: 500, noNaN: true }),
      high: fc.double({ min: 0, max: 900, noNaN: true }),
    }),
  ),
});
const anyMemory = fc.array(
  fc.record({ atMs: fc.integer({ min: 900_000, max: 2_000_000 }), replicas: fc.nat(60), running: fc.nat(400) }),
  { maxLength: 20 },
);

describe('every strategy', () => {
  test.each(Object.values(STRATEGIES))('$id stays within the bounds, with whole numbers', ({ decide }) => {
    fc.assert(
      fc.property(anyObserved, anyMemory, (observed, memory) => {
        const { replicas } = decide(observed, TARGET, memory);

        expect(Number.isInteger(replicas)).toBe(true);
        expect(replicas).toBeGreaterThanOrEqual(TARGET.minReplicas);
        expect(replicas).toBeLessThanOrEqual(TARGET.maxReplicas);
      }),
    );
  });
});

test('predictive never wants fewer than reactive', () => {
  fc.assert(
    fc.property(anyObserved, anyMemory, (observed, memory) => {
      const ahead = STRATEGIES.predictive.decide(observed, TARGET, memory);

      expect(ahead.replicas).toBeGreaterThanOrEqual(reactive.decide(observed, TARGET, memory).replicas);
    }),
  );
});

test('predictive is ready for the upper bound of what is expected', () => {
  const forecast = { load: 20, high: 31 };

  expect(STRATEGIES.predictive.decide({ ...OBSERVED, running: 4, forecast }, TARGET, [])).toMatchObject({
    replicas: 16,
    reason: { id: 'forecast' },
  });
});

describe('hpa', () => {
  test.each([
    [0.87, 4, 'within 10 % nothing changes'],
    [0.73, 4, 'within 10 % nothing changes'],
    [1, 5, 'ceil(4 × 1 / 0.8)'],
    [0.4, 2, 'ceil(4 × 0.4 / 0.8)'],
  ])('at a utilisation of %d wants %i: %s', (utilisation, replicas) => {
    expect(STRATEGIES.hpa.decide({ ...OBSERVED, utilisation }, TARGET, []).replicas).toBe(replicas);
  });

  test('goes down only to what it wanted most within 300 seconds', () => {
    const at = (secondsAgo: number, replicas: number) => ({
      atMs: OBSERVED.atMs - secondsAgo * 1000,
      replicas,
      running: 0,
    });
    const low = { ...OBSERVED, utilisation: 0.2 };

    expect(STRATEGIES.hpa.decide(low, TARGET, [at(299, 3)]).replicas).toBe(3);
    expect(STRATEGIES.hpa.decide(low, TARGET, [at(301, 3)]).replicas).toBe(1);
  });

  test('at most doubles, or adds four', () => {
    expect(hpaReplicas({ replicas: 10, ratio: 9, atMs: 0 }, []).replicas).toBe(20);
    expect(hpaReplicas({ replicas: 1, ratio: 9, atMs: 0 }, []).replicas).toBe(5);
  });
});

describe('reactive', () => {
  test('takes what waits within the aimed time, besides what runs', () => {
    const busy = { ...OBSERVED, running: 8, waiting: 40, waitingSeconds: 600 };

    // 8 / 0.8 slots for what runs, 600 s / 30 s for what waits, two a replica.
    expect(reactive.decide(busy, TARGET, []).replicas).toBe(15);
    expect(reactive.decide({ ...busy, oldestWaitSeconds: 31 }, TARGET, []).replicas).toBe(25);
  });

  test('keeps replicas until the need has been gone for a while', () => {
    const memory: Memory = [{ atMs: OBSERVED.atMs - 50_000, replicas: 9, running: 0 }];

    expect(reactive.decide(OBSERVED, TARGET, memory)).toMatchObject({ replicas: 9, reason: { id: 'stabilised' } });
    expect(reactive.decide({ ...OBSERVED, atMs: OBSERVED.atMs + 20_000 }, TARGET, memory).replicas).toBe(1);
  });
});

test('custom starts from none as soon as something waits, and ends the last only after it was idle for long', () => {
  const target = { ...TARGET, minReplicas: 0 };
  const idle = { ...OBSERVED, replicas: 1 };
  const since = (seconds: number): Memory => [{ atMs: OBSERVED.atMs - seconds * 1000, replicas: 0, running: 0 }];

  expect(STRATEGIES.custom.decide({ ...OBSERVED, replicas: 0, waiting: 1 }, target, []).replicas).toBe(1);
  expect(STRATEGIES.custom.decide(idle, target, since(100)).replicas).toBe(1);
  expect(STRATEGIES.custom.decide(idle, target, since(290)).replicas).toBe(0);
});

test('vpa keeps the number and takes the smallest tier that carries the load', () => {
  const wanted = (running: number) => STRATEGIES.vpa.decide({ ...OBSERVED, running }, TARGET, []);

  // A slot is half a CPU of a medium replica; three replicas share the load.
  expect(wanted(2)).toMatchObject({ replicas: 3, tier: 'medium' });
  expect(wanted(8)).toMatchObject({ replicas: 3, tier: 'large' });
  expect(wanted(400)).toMatchObject({ replicas: 3, tier: 'xlarge' });
});

test('without a measurement hpa changes nothing, and predictive says that there is no forecast', () => {
  expect(STRATEGIES.hpa.decide({ ...OBSERVED, utilisation: null }, TARGET, [])).toMatchObject({
    replicas: 4,
    reason: { id: 'not-measured' },
  });
  expect(STRATEGIES.predictive.decide(OBSERVED, TARGET, [])).toMatchObject({ reason: { id: 'no-forecast' } });
});
