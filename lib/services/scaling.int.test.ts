import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '@/lib/auth/tenants';
import { closeDb, db } from '@/lib/db/client';
import { closePublisher } from '@/lib/realtime/publish';
import { ScalingSettings } from '@/lib/schemas/scaling';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { spareChannel, spareDelivery } from '@/tests/support/spare-access';
import { requestAudit } from './audits';
import { measureFlow, measureLoad } from './queue-load';
import { forgetOldSamples, listSamples, loadSeries, sampleQueues } from './queue-load-samples';
import { getQueueLoad, getScalingOutlook, getScalingOverview } from './scaling';
import { forgetOldForecasts, listForecasts, makeForecasts } from './scaling-forecasts';
import { changeScaling, loadScalingSettings } from './scaling-settings';
import { reportWorker } from './worker-processes';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
let database: TestDatabase;
let owners: TestTeam;
let others: TestTeam;

beforeAll(async () => {
  database = await testDatabase();
  owners = await createTeam();
  await db().instance.updateMany({ data: { ownerTeamId: owners.teamId } });
  others = await createTeam();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

/** A running audit whose judges stand as said. */
async function runningAudit(jobs: readonly Record<string, unknown>[]): Promise<void> {
  const projectId = await createProject(others);
  const request = { auditType: 'full', priority: 'normal' } as const;
  const { taskId: auditId } = await requestAudit(others.as('member'), projectId, request, { trigger: 'manual' });
  await db().auditJob.deleteMany({ where: { auditId } });
  await db().audit.update({ where: { id: auditId }, data: { status: 'running' } });
  await db().auditJob.createMany({
    data: jobs.map((job, index) => ({ auditId, attempt: 1, kind: 'judge', key: String(index), tries: 1, ...job })),
  });
}

describe('the minute that ended last', () => {
  const now = new Date(Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS + 5_000);
  const within = (seconds: number) => new Date(now.getTime() - 5_000 - MINUTE_MS + seconds * 1000);

  beforeAll(async () => {
    await runningAudit([
      { status: 'waiting', queuedAt: within(10), tries: 0 },
      { status: 'running', queuedAt: within(-600), startedAt: within(0) },
      { status: 'done', queuedAt: within(1), startedAt: within(2), endedAt: within(6) },
      { status: 'done', queuedAt: within(-300), startedAt: within(12), endedAt: within(20) },
      // A second try lasts longer than its work.
      { status: 'done', queuedAt: within(-300), startedAt: within(-300), endedAt: within(30), tries: 2 },
      { status: 'done', queuedAt: within(-900), startedAt: within(-900), endedAt: within(-890) },
    ]);
    const process = { host: 'h', pid: 1, version: '1', cpuCores: 1, concurrency: 2 };
    const worker = { ...process, jobs: [], rssBytes: 1, loopLagMs: 0, isDraining: false };
    await reportWorker({ ...worker, id: 'one', kinds: ['judge', 'git'] });
    await reportWorker({ ...worker, id: 'two', kinds: ['git'] });
  });

  test('is written once, whoever looks, with what waits, runs, came and went', async () => {
    const written = await Promise.all([sampleQueues(now), sampleQueues(now)]);
    const again = await sampleQueues(now);

    const [sample, ...rest] = await listSamples('judge', 1, within(0));
    expect(Math.max(...written)).toBe(5);
    expect(again).toBe(0);
    expect(rest).toEqual([]);
    expect(sample).toMatchObject({ at: within(0), waiting: 1, running: 1, arrivals: 2, finished: 3, workers: 1 });
    expect(sample?.meanSeconds).toBeCloseTo(6);
    // Over the hour: 4, 8 and 10 seconds.
    expect(sample?.waitingSeconds).toBeCloseTo(22 / 3);
    expect((await listSamples('git', 1, within(0)))[0]).toMatchObject({ waiting: 0, waitingSeconds: 0, workers: 2 });
  });

  test('is what scalers read, as numbers alone', async () => {
    const load = await getQueueLoad('judge');

    expect(load).toMatchObject({
      backlog: 2,
      waiting: 1,
      running: 1,
      replicas: 1,
      desiredReplicas: 1,
      predictedReplicas: 0,
    });
    expect(load.oldestWaitSeconds).toBeGreaterThan(0);
  });

  test('counts replicas by the jobs that workers say they run at a time', async () => {
    const load = { waiting: 30, running: 9 };
    await runningAudit(
      Object.entries(load).flatMap(([status, count]) =>
        Array.from({ length: count }, () => ({ kind: 'prepare', status, queuedAt: within(10), startedAt: within(12) })),
      ),
    );
    const process = { host: 'h', pid: 1, version: '1', cpuCores: 1, rssBytes: 1, loopLagMs: 0, isDraining: false };
    const report = (id: string, concurrency: number) =>
      reportWorker({ ...process, id, kinds: ['git'], jobs: [], concurrency });
    await Promise.all([report('one', 2), report('two', 2)]);
    const ofTwo = await getQueueLoad('git');
    await Promise.all([report('one', 2), report('two', 2), report('three', 18), report('four', 18)]);

    const ofTenInTheMean = await getQueueLoad('git');

    expect(ofTwo.desiredReplicas).toBe(20);
    expect(ofTenInTheMean.desiredReplicas).toBe(4);
  });
});

describe('weeks of quarters', () => {
  const end = new Date(Math.floor(Date.now() / (15 * MINUTE_MS)) * 15 * MINUTE_MS);

  beforeAll(async () => {
    await db().queueSample.deleteMany({});
    const quarters = Array.from({ length: 10 * 96 }, (_, index) => {
      const at = new Date(end.getTime() - (10 * 96 - index) * 15 * MINUTE_MS);
      const hour = at.getUTCHours();
      const arrivals = (hour < 8 ? 30 : 90) + (index % 7);
      return { at, arrivals, finished: arrivals };
    });
    const rest = {
      kind: 'collect',
      waiting: 0,
      running: 1,
      meanSeconds: 60,
      oldestWaitSeconds: 0,
      waitingSeconds: 0,
      workers: 3,
    };
    await db().queueSample.createMany({
      data: quarters
        .filter((_, index) => index % 50 !== 3)
        .map((quarter) => ({ ...quarter, ...rest, stepMinutes: 15 })),
    });
    const minutes = Array.from({ length: 120 }, (_, index) => ({
      at: new Date(end.getTime() - (120 - index) * MINUTE_MS),
      arrivals: 6,
      finished: 6,
    }));
    await db().queueSample.createMany({ data: minutes.map((minute) => ({ ...minute, ...rest, stepMinutes: 1 })) });
  });

  test('quarters that were not measured stay missing', async () => {
    const samples = await listSamples('collect', 15, new Date(end.getTime() - 30 * DAY_MS));

    const series = loadSeries(samples, 15);

    expect(series?.values).toHaveLength(960);
    expect(series?.values.filter((value) => value === null)).toHaveLength(20);
    expect(series?.values[0]).toBeGreaterThan(1);
  });

  test('are forecast once a quarter of an hour', async () => {
    const made = await Promise.all([makeForecasts(end), makeForecasts(end)]);
    const again = await makeForecasts(end);

    const [newest] = await listForecasts('collect', new Date(end.getTime() - DAY_MS));
    expect(made.sort()).toEqual([0, 1]);
    expect(again).toBe(0);
    const told = await db().loadForecast.findMany({ orderBy: { kind: 'asc' } });
    expect(told.map(({ kind, forecast }) => [kind, forecast !== null])).toEqual([
      ['collect', true],
      ['deliver', false],
      ['git', false],
      ['judge', false],
      ['maintain', false],
    ]);
    expect(newest?.forecast.steps).toHaveLength(96);
    expect((await getQueueLoad('collect', end)).predictedReplicas).toBeGreaterThan(0);
  });

  test('show the owner what was, what comes, and what each strategy would have done', async () => {
    const collect = await getScalingOutlook(owners.as('owner'), 'collect', end);

    // One more where the ten days do not begin on the hour.
    expect([240, 241]).toContain(collect.hours.length);
    expect(collect.load.filter((value) => value === null)).toEqual([]);
    expect(collect.workers.every((workers) => workers === 3)).toBe(true);
    expect(collect.forecast?.confidence).toBeGreaterThan(0.7);
    expect(collect.forecast?.steps.every(({ replicas, cost }) => replicas >= 1 && cost > 0)).toBe(true);
    expect(collect.replays.map(({ strategy }) => strategy)).toEqual([
      'manual',
      'hpa',
      'vpa',
      'custom',
      'reactive',
      'predictive',
    ]);
    expect(collect.measuredMinutes).toBe(120);
    for (const { replicas, waitSeconds, replicaHours } of collect.replays) {
      const hourly = replicas.filter((value) => value !== null);
      // The last two hours, or three where they do not begin on the hour; before, no minutes are there.
      expect([2, 3]).toContain(hourly.length);
      expect(replicas.slice(0, 200).every((value) => value === null)).toBe(true);
      expect(waitSeconds.filter((value) => value !== null)).toHaveLength(hourly.length);
      expect(replicaHours).toBeGreaterThan(0);
    }
  });

  test('say nothing of a kind that nobody measured', async () => {
    const { kinds } = await getScalingOverview(owners.as('owner'), end);

    expect(kinds.map(({ kind }) => kind)).toEqual(['git', 'collect', 'judge', 'deliver', 'maintain']);
    expect(await getScalingOutlook(owners.as('owner'), 'maintain', end)).toMatchObject({
      forecast: null,
      hours: [],
      load: [],
      replays: [],
      measuredMinutes: 0,
    });
  });

  test('are forgotten after two years, minutes after two weeks, and forecasts too', async () => {
    const inTwoWeeks = new Date(end.getTime() + 14 * DAY_MS + MINUTE_MS);

    await forgetOldSamples(inTwoWeeks);

    expect(await listSamples('collect', 1, new Date(0))).toEqual([]);
    expect((await listSamples('collect', 15, new Date(0))).length).toBeGreaterThan(900);
    await forgetOldSamples(new Date(end.getTime() + 731 * DAY_MS));
    expect(await listSamples('collect', 15, new Date(0))).toEqual([]);
    // Of each kind with jobs, whether there was anything to say or not.
    expect(await forgetOldForecasts(inTwoWeeks)).toBe(5);
  });
});

test('minutes become a quarter once it has ended, and a quarter with too few is left out', async () => {
  const start = Date.UTC(2031, 0, 1, 12);
  const rest = {
    kind: 'git',
    stepMinutes: 1,
    waiting: 2,
    running: 1,
    oldestWaitSeconds: 3,
    waitingSeconds: 4,
    workers: 1,
  };
  const minute = (at: number) => ({
    ...rest,
    at: new Date(start + at * MINUTE_MS),
    arrivals: 3,
    finished: 3,
    meanSeconds: 5,
  });
  await db().queueSample.createMany({ data: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16].map(minute) });

  await sampleQueues(new Date(start + 40 * MINUTE_MS));

  const quarters = await listSamples('git', 15, new Date(start));
  expect(quarters).toHaveLength(1);
  // Ten minutes of three each stand for a quarter of 45.
  expect(quarters[0]).toMatchObject({ at: new Date(start), waiting: 2, arrivals: 45, finished: 45, meanSeconds: 5 });
  await db().queueSample.createMany({ data: [45, 46, 47, 48, 49, 50, 51, 52, 53].map(minute) });
  await sampleQueues(new Date(start + 60 * MINUTE_MS));
  expect((await listSamples('git', 15, new Date(start))).map(({ at }) => at.getTime() - start)).toEqual([
    0,
    45 * MINUTE_MS,
  ]);
});

describe('jobs that belong to no audit', () => {
  const to = new Date();
  const from = new Date(to.getTime() - 10 * MINUTE_MS);

  beforeAll(async () => {
    const projectId = await createProject(others);
    const ago = (minutes: number) => new Date(to.getTime() - minutes * MINUTE_MS);
    for (const [received, processed] of [
      [5, null],
      [5, 4],
      [20, 3],
      [20, 15],
    ] as const) {
      const id = await spareDelivery(projectId);
      const status = processed === null ? 'received' : 'processed';
      const processedAt = processed === null ? null : ago(processed);
      await db().webhookDelivery.update({ where: { id }, data: { receivedAt: ago(received), processedAt, status } });
    }
    const { channelId, deliveryId } = await spareChannel(others.teamId);
    const copy = {
      teamId: others.teamId,
      channelId,
      kind: 'notices',
      messageId: randomUUID(),
      status: 'delivered',
      nextTryAt: to,
    };
    const long = { durationMs: 4_000, createdAt: ago(30), endedAt: ago(2) };
    await db().channelDelivery.updateMany({ where: { id: deliveryId }, data: long });
    const late = { durationMs: 2_000, createdAt: ago(1), endedAt: ago(0.5) };
    await db().channelDelivery.create({ data: { ...copy, ...late, content: {} } });
  });

  test('are counted once, whenever they came and went', async () => {
    expect(await measureFlow('deliver', from, to)).toEqual({ arrivals: 3, finished: 4, meanSeconds: 3 });
  });

  test('are known by their tables alone while nobody measures the queue', async () => {
    await db().queueDepth.deleteMany({});

    expect(await measureLoad('deliver')).toMatchObject({ waiting: 1, running: 0, waitingSeconds: 3 });
  });

  test('are all known once the queue was measured, also those without a row of their own', async () => {
    const measuredAt = new Date();
    const oldestAt = new Date(measuredAt.getTime() - 40_000);
    await db().queueDepth.create({
      data: { kind: 'deliver', waiting: 7, delayed: 1, running: 2, oldestAt, measuredAt },
    });

    const load = await measureLoad('deliver');

    expect(load).toMatchObject({ waiting: 7, running: 2, waitingSeconds: 21 });
    expect(load.oldestWaitSeconds).toBeCloseTo(40, 1);
  });
});

describe('settings', () => {
  const settings = ScalingSettings.parse({ strategy: 'predictive', maxReplicas: 40 });

  test('are changed by the owner of the installation, logged, and refused when somebody was faster', async () => {
    const ctx = owners.as('owner');

    const first = await changeScaling(ctx, 'git', { version: 0, settings });
    const second = await changeScaling(ctx, 'git', { version: 1, settings: { ...settings, maxReplicas: 50 } });

    expect([first.version, second.version]).toEqual([1, 2]);
    await expect(changeScaling(ctx, 'git', { version: 1, settings })).rejects.toMatchObject({ code: 'conflict' });
    await expect(changeScaling(ctx, 'git', { version: 0, settings })).rejects.toMatchObject({ code: 'conflict' });
    expect(await loadScalingSettings('git')).toMatchObject({ version: 2, settings: { maxReplicas: 50 } });
    const entries = await asSystem(() => db().auditLogEntry.findMany({ where: { action: 'scaling.changed' } }));
    expect(entries.map(({ target }) => target)).toEqual(['git', 'git']);
  });

  test('are nobody else’s', async () => {
    await expect(getScalingOverview(others.as('owner'))).rejects.toMatchObject({ code: 'not_found' });
    await expect(getScalingOutlook(others.as('owner'), 'git')).rejects.toMatchObject({ code: 'not_found' });
    await expect(changeScaling(owners.as('admin'), 'git', { version: 2, settings })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test.each([
    [{ minReplicas: 9, maxReplicas: 3 }, 'maxReplicas'],
    [{ timeZone: 'Nowhere' }, 'timeZone'],
    [{ events: [{ name: 'x', from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z', factor: 2 }] }, 'events.0.to'],
  ])('that cannot be are refused by name: %j', (wrong, path) => {
    const issues = ScalingSettings.safeParse(wrong).error?.issues ?? [];

    expect(issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });
});
