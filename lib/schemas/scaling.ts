import * as z from 'zod';
import { STRATEGY_IDS } from '@/lib/scaling/strategies/strategy';
import { TIER_NAMES } from '@/lib/scaling/tiers';
import { NameText } from './common';
import { isTimeZone } from './cron';

const MOST_EVENTS = 100;

/** Something people know of before, with how many times the usual load it brings. */
const AnnouncedEvent = z
  .object({
    name: NameText.trim().min(1).max(120),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    factor: z.number().min(0).max(100),
  })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be after `from`' });

/** How many workers of a kind are wanted. */
export const ScalingSettings = z
  .object({
    strategy: z.enum(STRATEGY_IDS).default('reactive'),
    minReplicas: z.int().min(0).max(10_000).default(1),
    maxReplicas: z.int().min(1).max(10_000).default(10),
    fixedReplicas: z.int().min(0).max(10_000).default(1),
    slotsPerReplica: z.int().min(1).max(256).default(2),
    utilisation: z.number().min(0.1).max(1).default(0.9),
    queueSeconds: z.number().min(1).max(3600).default(30),
    downAfterSeconds: z.number().min(0).max(3600).default(60),
    startupSeconds: z.number().min(0).max(3600).default(60),
    tier: z.enum(TIER_NAMES).default('medium'),
    timeZone: z.string().max(64).refine(isTimeZone, 'not the name of a time zone, as Asia/Tokyo').default('Asia/Tokyo'),
    holidays: z.enum(['japan', 'none']).default('japan'),
    events: z.array(AnnouncedEvent).max(MOST_EVENTS).default([]),
  })
  .refine(({ minReplicas, maxReplicas }) => minReplicas <= maxReplicas, {
    path: ['maxReplicas'],
    message: 'must not be below `minReplicas`',
  });
export type ScalingSettings = z.infer<typeof ScalingSettings>;

/** Numbers alone, as KEDA's `metrics-api` scaler reads them by `valueLocation`. */
export const QueueLoadView = z.object({
  kind: z.string(),
  backlog: z.number().describe('Jobs that wait or are in hand'),
  waiting: z.number(),
  running: z.number(),
  waitingSeconds: z.number().describe('Work that waits, in seconds of one slot; what nobody measured counts 0'),
  oldestWaitSeconds: z.number(),
  replicas: z.number().describe('Workers of the kind that reported lately'),
  desiredReplicas: z.number().describe('Replicas that what runs and waits needs now'),
  predictedReplicas: z
    .number()
    .describe(
      'Replicas that the forecast needs while a new one starts; 0 without a forecast, so that it never decides',
    ),
});
export type QueueLoadView = z.infer<typeof QueueLoadView>;

const ForecastView = z.object({
  madeAt: z.iso.datetime(),
  model: z.string(),
  level: z.number().describe('Share of values that the bounds are made to hold'),
  confidence: z.number().nullable().describe('Share of values that bounds of the same kind held in the back-test'),
  scores: z.array(
    z.object({
      model: z.string(),
      mase: z.number().nullable(),
      againstNaive: z.number().nullable().describe('Error over that of seasonal-naive; below 1 is better'),
      pinball: z.number().nullable(),
      coverage: z.number().nullable(),
    }),
  ),
  steps: z.array(
    z.object({
      at: z.iso.datetime(),
      load: z.number().describe('Busy slots'),
      low: z.number(),
      high: z.number(),
      replicas: z.number(),
      cost: z.number().describe('Of the step'),
    }),
  ),
});

const StrategyReplay = z.object({
  strategy: z.enum(STRATEGY_IDS),
  replicas: z.array(z.number().nullable()).describe('Of each hour, in the mean; null where nothing was measured'),
  waitSeconds: z.array(z.number().nullable()).describe('Of each hour, at its worst minute'),
  replicaHours: z.number(),
  cost: z.number(),
  meanWaitSeconds: z.number().nullable(),
  worstWaitSeconds: z.number().nullable(),
  measuredMinutes: z.number(),
  forecastMinutes: z.number().describe('Minutes of which a forecast was there: the others are as reactive'),
});

export const ScalingChange = z.strictObject({
  version: z.int().min(0).describe('Of the settings that are changed: somebody else may have changed them meanwhile'),
  // What is kept may hold more: a newer release wrote it.
  settings: ScalingSettings.safeExtend({
    events: z.array(AnnouncedEvent.strict()).max(MOST_EVENTS).default([]),
  }).strict(),
});
export type ScalingChange = z.infer<typeof ScalingChange>;
export const ScalingSettingsView = z.object({ kind: z.string(), version: z.number(), settings: ScalingSettings });
export type ScalingSettingsView = z.infer<typeof ScalingSettingsView>;

const Kind = z.object({
  kind: z.string(),
  version: z.number().describe('Of the settings; 0: the defaults'),
  settings: ScalingSettings,
  now: QueueLoadView,
});

export const ScalingOverview = z.object({ kinds: z.array(Kind) });
export type ScalingOverview = z.infer<typeof ScalingOverview>;

export const ScalingOutlook = Kind.extend({
  price: z.object({ currency: z.string(), source: z.string() }),
  hours: z.array(z.iso.datetime()).describe('Begin of each hour of the last two weeks that something was measured in'),
  load: z.array(z.number().nullable()).describe('Work that arrived in each hour, in busy slots'),
  workers: z.array(z.number().nullable()).describe('Workers there were in each hour'),
  measuredMinutes: z.number(),
  forecast: ForecastView.nullable().describe('Null until about two days were measured'),
  replays: z.array(StrategyReplay).describe('What each strategy would have done with the minutes that are kept'),
});
export type ScalingOutlook = z.infer<typeof ScalingOutlook>;
