import * as z from 'zod';
import { Instant, LocalizedText, MagicCardStatus, MagicKey } from './common';

const MapSource = z.object({ auditId: z.uuid(), auditNumber: z.number().int(), commitId: z.string() });

export const HotspotFileView = z.object({
  path: z.string(),
  component: z.string(),
  codeLines: z.number().int(),
  complexity: z.number().describe('Cyclomatic complexity, summed over its functions'),
  revisions: z
    .number()
    .int()
    .nullable()
    .describe('Changes within 12 months; this and what follows is null without history'),
  fixes: z.number().int().nullable(),
  churn: z.number().nullable().describe('Lines added and deleted over the lines it has'),
  authors: z.number().int().nullable().describe('How many people changed it'),
  risk: z.number().nullable().describe('Relative index among these files, 0–1, not a probability'),
});
export type HotspotFileView = z.infer<typeof HotspotFileView>;

/** GET /projects/{id}/hotspots */
export const Hotspots = z.object({
  source: MapSource.nullable().describe('The audit that drew it; null before one did'),
  files: z.array(HotspotFileView).describe('Production files, largest first, at most 4,000'),
  leftOut: z.number().int(),
  since: Instant.nullable().describe('Oldest commit that was counted'),
  untested: LocalizedText.nullable().describe(
    'Why the index of risk is no forecast; null when the back-test carries it',
  ),
  remarks: z
    .array(z.object({ path: z.string(), reasons: z.array(LocalizedText), action: LocalizedText }))
    .describe('Why, and one thing to do, for the files most likely to be mended next'),
});
export type Hotspots = z.infer<typeof Hotspots>;

/** GET /projects/{id}/components */
export const Components = z.object({
  source: MapSource.nullable().describe('The audit that counted; null before one did'),
  components: z.array(
    z.object({
      id: z.string().describe('Directory, `.` for the root'),
      name: z.string(),
      kind: z.enum(['workspace', 'directory', 'root']),
      files: z.number().int(),
      codeLines: z.number().int(),
      testCodeLines: z.number().int(),
      functions: z.number().int(),
      scores: z
        .array(z.object({ magic: MagicKey, status: MagicCardStatus, score: z.number().nullable() }))
        .describe('By the rules that look at one file at a time'),
      authors: z.number().int().nullable().describe('People who changed it within 12 months; null without history'),
      mainShare: z.number().nullable().describe('Share of those changes by the one who made most, 0–1'),
      truckFactor: z.number().int().nullable().describe('People whose leaving orphans more than half of its files'),
    }),
  ),
});
export type Components = z.infer<typeof Components>;

/** GET /projects/{id}/unread-files */
export const UnreadFiles = z.object({
  source: MapSource.nullable().describe('The audit that tried to read them; null before one did'),
  counts: z.record(z.string(), z.number().int()).describe('By reason, of all of them'),
  files: z
    .array(z.object({ path: z.string(), role: z.string(), sizeBytes: z.number(), reason: z.string() }))
    .describe('Production code first, at most 500'),
});
export type UnreadFiles = z.infer<typeof UnreadFiles>;
