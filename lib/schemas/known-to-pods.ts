import * as z from 'zod';
import { STRATEGY_IDS } from '@/lib/scaling/strategies/strategy';
import { WORKER_KINDS } from './worker-kinds';

/** What pods know of how they lie, from a ConfigMap of their cluster: enough to scale the workers. */
export const KnownToPods = z.object({
  namespace: z.string(),
  scaling: z.object({
    /** Name of the Lease by which one of those who could scales. */
    lease: z.string(),
    /** Kinds that no engine of the cluster scales. */
    scaled: z.array(
      z.object({
        kind: z.enum(WORKER_KINDS),
        deployment: z.string(),
        /** 0 where one of several clusters has no share of the least. */
        minReplicas: z.int().nonnegative(),
        maxReplicas: z.int().positive(),
        /** Jobs one pod runs at a time. */
        concurrency: z.int().positive(),
        strategy: z.enum(STRATEGY_IDS),
      }),
    ),
  }),
});
export type KnownToPods = z.infer<typeof KnownToPods>;
