import { pino } from 'pino';
import { expect, test } from 'vitest';
import { AppError } from '@/lib/errors';
import type { Observed, StrategyId, Target } from '@/lib/scaling/strategies/strategy';
import { createScalingController, type Scale, type ScalingParts } from './controller';

const TARGET: Target = {
  minReplicas: 1,
  maxReplicas: 20,
  fixedReplicas: 3,
  slotsPerReplica: 1,
  utilisation: 1,
  queueSeconds: 10,
  downAfterSeconds: 60,
  tier: 'medium',
};

/** Scales as an API server keeps them: a write names the version it read, and gets a newer one. */
function cluster(initial: Record<string, number>) {
  const scales = new Map<string, Scale>(
    Object.entries(initial).map(([kind, replicas]) => [kind, { replicas, resourceVersion: '1' }]),
  );
  const find = (kind: string) => {
    const scale = scales.get(kind);
    if (!scale) throw new AppError('not_found', `deployments.apps "worker-${kind}" not found`);
    return scale;
  };
  const write = (kind: string, replicas: number) => {
    scales.set(kind, { replicas, resourceVersion: String(Number(find(kind).resourceVersion) + 1) });
  };
  return {
    replicasOf: (kind: string) => scales.get(kind)?.replicas,
    write,
    getScale: async (kind: string) => ({ ...find(kind) }),
    setScale: async (kind: string, { replicas, resourceVersion }: Scale) => {
      if (find(kind).resourceVersion !== resourceVersion)
        throw new AppError('conflict', 'the object has been modified');
      write(kind, replicas);
    },
  };
}

function controllerOf(
  scales: ReturnType<typeof cluster>,
  options: Partial<ScalingParts> & { strategy?: StrategyId } = {},
) {
  const backlog: Record<string, Partial<Observed>> = {};
  const state = { isLeader: true, atMs: 0, backlog };
  const { strategy = 'reactive', ...parts } = options;
  const controller = createScalingController({
    kinds: ['git', 'judge'],
    isLeader: () => state.isLeader,
    readTarget: async () => ({ strategy, ofCluster: 'reactive', target: TARGET }),
    readBacklog: async (kind) => ({
      atMs: state.atMs,
      waiting: 0,
      running: 0,
      oldestWaitSeconds: 0,
      waitingSeconds: 0,
      utilisation: null,
      forecast: null,
      ...state.backlog[kind],
    }),
    getScale: scales.getScale,
    setScale: scales.setScale,
    log: pino({ level: 'silent' }),
    ...parts,
  });
  return { controller, state };
}

const outcomes = (results: { kind: string; outcome: string }[]) =>
  results.map(({ kind, outcome }) => `${kind} ${outcome}`);

test('brings each kind to what it needs, and leaves alone what is right', async () => {
  const scales = cluster({ git: 1, judge: 1 });
  const { controller, state } = controllerOf(scales);
  state.backlog.judge = { running: 1, waiting: 30, waitingSeconds: 60 };

  const results = await controller.round();

  expect(outcomes(results)).toEqual(['git kept', 'judge changed']);
  expect(scales.replicasOf('judge')).toBe(7);
});

test('takes replicas away only when the need has been gone for a while', async () => {
  const scales = cluster({ git: 1, judge: 6 });
  const { controller, state } = controllerOf(scales);
  state.backlog.judge = { running: 6 };
  await controller.round();

  state.backlog.judge = {};
  state.atMs = 30_000;
  await controller.round();
  const held = scales.replicasOf('judge');
  state.atMs = 200_000;
  await controller.round();

  expect([held, scales.replicasOf('judge')]).toEqual([6, 1]);
});

test('changes nothing without the lease, and nothing when it is lost between look and write', async () => {
  const scales = cluster({ git: 1, judge: 1 });
  const { controller, state } = controllerOf(scales, {
    getScale: async (kind) => {
      state.isLeader = false;
      return scales.getScale(kind);
    },
  });
  state.backlog.git = { running: 9 };

  expect(outcomes(await controller.round())).toEqual(['git not-leader', 'judge kept']);
  expect(outcomes(await controller.round())).toEqual(['git not-leader', 'judge not-leader']);
  expect(scales.replicasOf('git')).toBe(1);
});

test('gives way to whoever changed the scale meanwhile, and looks again the next round', async () => {
  const scales = cluster({ git: 1, judge: 1 });
  let isFirst = true;
  const { controller, state } = controllerOf(scales, {
    getScale: async (kind) => {
      const scale = await scales.getScale(kind);
      if (kind === 'git' && isFirst) scales.write('git', 2);
      isFirst = false;
      return scale;
    },
  });
  state.backlog.git = { running: 9 };

  expect(outcomes(await controller.round())).toEqual(['git conflict', 'judge kept']);
  expect(scales.replicasOf('git')).toBe(2);
  expect(outcomes(await controller.round())).toEqual(['git changed', 'judge kept']);
  expect(scales.replicasOf('git')).toBe(9);
});

test('a kind that is not there, or whose backlog nobody knows, leaves the others and its replicas alone', async () => {
  const scales = cluster({ judge: 4 });
  const { controller } = controllerOf(scales, {
    readBacklog: async () => {
      throw new AppError('unavailable', 'the database does not answer');
    },
  });

  expect(outcomes(await controller.round())).toEqual(['git missing', 'judge failed']);
  expect(scales.replicasOf('judge')).toBe(4);
});

test.each(['hpa', 'vpa', 'custom'] as const)(
  'scales by the strategy of the cluster where %s was chosen and no engine carries it out, and says so once',
  async (strategy) => {
    const scales = cluster({ git: 2, judge: 1 });
    const lines: string[] = [];
    const log = pino({}, { write: (line: string) => void lines.push(line) });
    const { controller, state } = controllerOf(scales, { strategy, log });
    state.backlog.git = { running: 9 };

    const first = await controller.round();
    await controller.round();

    expect(outcomes(first)).toEqual(['git changed', 'judge kept']);
    expect(scales.replicasOf('git')).toBe(9);
    const warnings = lines.map((line) => JSON.parse(line)).filter(({ level }) => level === 40);
    expect(warnings).toMatchObject([
      { kind: 'git', chosen: strategy, instead: 'reactive' },
      { kind: 'judge', chosen: strategy, instead: 'reactive' },
    ]);
  },
);

test('a strategy that nothing carries out changes nothing and is told', async () => {
  const scales = cluster({ git: 2, judge: 2 });
  const readTarget = async () => ({ strategy: 'hpa', ofCluster: 'vpa', target: TARGET }) as const;
  const { controller, state } = controllerOf(scales, { readTarget });
  state.backlog.git = { running: 9 };

  expect(outcomes(await controller.round())).toEqual(['git not-carried-out', 'judge not-carried-out']);
  expect(scales.replicasOf('git')).toBe(2);
});
