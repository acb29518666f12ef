import * as z from 'zod';
import { MAGIC_IDS, SEVERITIES } from './types';

const RuleId = z.string().max(100);

/** What holds at some paths only; of several that match, each holds. */
export const PathRule = z.strictObject({
  glob: z.string().min(1).max(500),
  /** No rule looks there. */
  isIgnored: z.boolean().default(false),
  /** These do not look there. */
  rulesOff: z.array(RuleId).max(500).default([]),
  magicsOff: z.array(z.enum(MAGIC_IDS)).max(MAGIC_IDS.length).default([]),
  /** Graver findings there count as this; null: as everywhere. */
  maxSeverity: z.enum(SEVERITIES).nullable().default(null),
});
export type PathRule = z.infer<typeof PathRule>;
