import * as z from 'zod';
import { Instant, NameText } from './common';
import { CoverageUpload } from './coverage';
import { LONGEST_CATEGORY } from './import-limits';

/** POST /projects/{projectId}/imports */
export const ImportUpload = z.object({
  commit: CoverageUpload.shape.commit.describe('Full id of the commit of the project’s branch that the tool looked at'),
  category: NameText.trim()
    .min(1)
    .max(LONGEST_CATEGORY)
    .optional()
    .describe('Tells several reports of one tool apart; what `automationDetails.id` says unless given'),
});
export type ImportUpload = z.infer<typeof ImportUpload>;

export const ImportView = z.object({
  importId: z.uuid(),
  projectId: z.uuid(),
  commit: z.string(),
  tool: z.string().describe('Begins the ids of its rules'),
  toolName: z.string(),
  toolVersion: z.string().nullable(),
  category: z.string(),
  results: z.number().int().describe('In the report'),
  findings: z.number().int().describe('Kept of them'),
  leftOut: z
    .record(z.string(), z.number().int())
    .describe(
      'Results left out: own (this product wrote them), suppressed, not-a-problem, outside, unknown-file, duplicate, beyond-limit',
    ),
  newCount: z
    .number()
    .int()
    .nullable()
    .describe('null of the first report of its tool and category: nothing of it counts as new'),
  fixedCount: z.number().int(),
  uploadedBy: z.string().nullable(),
  uploadedAt: Instant,
});
export type ImportView = z.infer<typeof ImportView>;
export const ImportList = z.object({ items: z.array(ImportView) });
export type ImportList = z.infer<typeof ImportList>;
