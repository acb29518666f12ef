import * as z from 'zod';
import { LANGUAGES, MAGIC_IDS } from '@/lib/magics/types';

export const BADGE_METRICS = ['health', 'gate', ...MAGIC_IDS] as const;
export type BadgeMetric = (typeof BADGE_METRICS)[number];

/** GET /projects/{projectId}/badge.svg */
export const BadgeRequest = z.object({
  metric: z.enum(BADGE_METRICS).default('health').describe('What it shows: health, gate or the score of a magic'),
  language: z.enum(LANGUAGES).default('en').describe('Of its words'),
});
export type BadgeRequest = z.infer<typeof BadgeRequest>;
