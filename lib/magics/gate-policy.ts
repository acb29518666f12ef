import * as z from 'zod';
import { MAGIC_IDS, SEVERITIES } from './types';

/** Where a condition warns and where it fails; null: it does not. */
const limitsOf = (value: z.ZodNumber) =>
  z.strictObject({ warn: value.nullable().default(null), fail: value.nullable().default(null) });

const Score = z.number().min(0).max(100);
const Count = z.number().int().min(0).max(1_000_000);
const Share = z.number().min(0).max(1);

/** The least that is needed. */
const LeastScore = limitsOf(Score);
const LeastShare = limitsOf(Share);
/** The most that is allowed. */
const MostFindings = limitsOf(Count);

/** Name of a tag by the rules of `git check-ref-format`. */
const TagName = z
  .string()
  .min(1)
  .max(250)
  .regex(
    /^(?![/.-])(?!.*(?:\.\.|@\{|\/\/|\/\.|\.lock(?:\/|$)))[^\p{Cc}\p{Cs} ~^:?*[\\]+(?<![/.])$/u,
    'not the name of a tag',
  );

export const NEW_CODE_STARTS = ['previous', 'merge_base', 'date', 'tag', 'last_passed'] as const;

/** From where on code is new: findings of an audit that the one there did not have. */
export const NewCode = z.discriminatedUnion('since', [
  z.strictObject({ since: z.literal('previous') }),
  z.strictObject({ since: z.literal('merge_base') }),
  z.strictObject({ since: z.literal('date'), date: z.iso.date() }),
  z.strictObject({ since: z.literal('tag'), tag: TagName }),
  z.strictObject({ since: z.literal('last_passed') }),
]);
export type NewCode = z.infer<typeof NewCode>;

const DEFAULT_LIMITS = {
  health: { warn: 75, fail: 60 },
  newFindings: { critical: { warn: null, fail: 0 }, high: { warn: null, fail: 3 } },
} as const;

/** What an audit must meet. Each limit is met by the value itself. */
export const GateRules = z.strictObject({
  /** The least health. */
  health: LeastScore.default(DEFAULT_LIMITS.health),
  /** The least score of a magic. */
  magics: z.partialRecord(z.enum(MAGIC_IDS), LeastScore).default({}),
  /** What a magic whose own status is failed means. */
  failedMagic: z.enum(['ignored', 'warning', 'failed']).default('warning'),
  /** The most open findings by severity. */
  findings: z.partialRecord(z.enum(SEVERITIES), MostFindings).default({}),
  /** The most new findings by severity. */
  newFindings: z.partialRecord(z.enum(SEVERITIES), MostFindings).default(DEFAULT_LIMITS.newFindings),
  /** The least share of the new lines that tests run, 0–1. */
  newCoverage: LeastShare.default({ warn: null, fail: null }),
  newCode: NewCode.default({ since: 'previous' }),
  /** Fewer changed lines than this, and conditions on new code other than on critical findings are not applied; 0: always applied. */
  smallChangeLines: z.number().int().min(0).max(10_000).default(0),
});
export type GateRules = z.infer<typeof GateRules>;

const OldGate = z.object({
  failUnder: z.number().min(0).max(100),
  warnUnder: z.number().min(0).max(100),
  maxNewCritical: z.number().int().min(0),
  maxNewHigh: z.number().int().min(0),
});

/** As policies were stored before there were conditions. */
function upgradeGate(stored: unknown): unknown {
  const old = OldGate.safeParse(stored);
  if (!old.success) return stored;
  const { failUnder, warnUnder, maxNewCritical, maxNewHigh } = old.data;
  return {
    health: { warn: warnUnder, fail: failUnder },
    newFindings: { critical: { warn: null, fail: maxNewCritical }, high: { warn: null, fail: maxNewHigh } },
  };
}

export const StoredGate = z.preprocess(upgradeGate, GateRules).prefault({});
