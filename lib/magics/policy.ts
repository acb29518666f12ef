import { z } from 'zod';
import { MAGIC_IDS, type MagicId, SEVERITIES } from './types';

const MagicKey = z.enum(MAGIC_IDS);

/** What a team switched on and how strictly. */
export const Policy = z.object({
  /** 0–1; 0.8 means the limits as published. */
  strictness: z.number().min(0).max(1).default(0.8),
  magics: z
    .partialRecord(MagicKey, z.object({ isEnabled: z.boolean(), weight: z.number().min(0).max(100) }))
    .default({}),
  rules: z
    .record(
      z.string(),
      z.object({
        isEnabled: z.boolean().optional(),
        severity: z.enum(SEVERITIES).optional(),
        options: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .default({}),
  /** Globs of paths that no rule reports on. */
  ignorePaths: z.array(z.string().max(500)).max(500).default([]),
  gate: z
    .object({
      /** Health under this fails. */
      failUnder: z.number().min(0).max(100),
      warnUnder: z.number().min(0).max(100),
      /** New findings of this severity allowed before the gate fails. */
      maxNewCritical: z.number().int().min(0),
      maxNewHigh: z.number().int().min(0),
    })
    .default({ failUnder: 60, warnUnder: 75, maxNewCritical: 0, maxNewHigh: 3 }),
});
export type Policy = z.infer<typeof Policy>;

export const DEFAULT_WEIGHTS = {
  integrity: 20,
  tdd: 15,
  flow: 15,
  strict: 15,
  git: 10,
  sages: 10,
  servant: 10,
  predictive: 5,
} as const;

export const defaultPolicy: Policy = Policy.parse({});

/** Weight of a magic in the health under a policy; 0 when switched off. */
export function magicWeight(policy: Policy, magic: MagicId): number {
  const setting = policy.magics[magic];
  if (setting?.isEnabled === false) return 0;
  return setting?.weight ?? DEFAULT_WEIGHTS[magic];
}
