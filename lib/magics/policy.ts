import * as z from 'zod';
import { StoredGate } from './gate-policy';
import { OwnRules } from './own-rules/own-rule';
import { PathRule } from './path-rules';
import { MAGIC_IDS, type MagicId, SEVERITIES } from './types';

const MagicKey = z.enum(MAGIC_IDS);

/** What a team switched on and how strictly: all that an audit is judged by. */
export const Policy = z.object({
  /** 0–1; 0.8 means the limits as published. */
  strictness: z.number().min(0).max(1).default(0.8),
  /** Magics whose weight counts `FOCUS_FACTOR` times. */
  focusAreas: z.array(MagicKey).max(MAGIC_IDS.length).default([]),
  magics: z
    .partialRecord(
      MagicKey,
      z.strictObject({ isEnabled: z.boolean().default(true), weight: z.number().min(0).max(100).optional() }),
    )
    .default({}),
  rules: z
    .record(
      z.string().max(100),
      z.strictObject({
        isEnabled: z.boolean().optional(),
        severity: z.enum(SEVERITIES).optional(),
        options: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .default({}),
  /** Globs of paths that no rule reports on. */
  ignorePaths: z.array(z.string().max(500)).max(500).default([]),
  ownRules: OwnRules.default([]),
  pathRules: z.array(PathRule).max(100).default([]),
  /** What a repository may ask for in `.elder.yml` and in comments. */
  repository: z
    .strictObject({
      /** `listed`: what is asked for is shown and changes nothing. */
      suppressions: z.enum(['allowed', 'listed']).default('allowed'),
      ignorePaths: z.enum(['allowed', 'listed']).default('allowed'),
      /** Share of the code lines, 0–1. A repository that wants more ignored gets none of it. */
      maxIgnoredShare: z.number().min(0).max(1).default(0.5),
      /** Days after the commit up to which a suppression of `.elder.yml` may count. One with a later last day is refused. */
      maxSuppressionDays: z.number().int().min(1).max(36_600).default(366),
      /** Findings of these severities stand whatever the repository asks for, also at paths it ignores. */
      enforcedSeverities: z.array(z.enum(SEVERITIES)).max(SEVERITIES.length).default(['critical']),
      /** Rules about which the repository has no say: whoever commits a credential does not decide that it is none. */
      enforcedRules: z.array(z.string().max(100)).max(500).default(['strict/no-secret', 'git/no-past-secret']),
    })
    .prefault({}),
  gate: StoredGate,
});
export type Policy = z.infer<typeof Policy>;

/** How much more a focus area weighs in the health. */
export const FOCUS_FACTOR = 1.5;

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
  const weight = setting?.weight ?? DEFAULT_WEIGHTS[magic];
  return policy.focusAreas.includes(magic) ? weight * FOCUS_FACTOR : weight;
}
