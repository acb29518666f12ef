import * as z from 'zod';
import { LANGUAGES } from '@/lib/magics/types';
import { GateReason } from './audits';
import { Counts, GateStatus, Instant, LocalizedText, MagicCardStatus, MagicKey, SeverityKey } from './common';

export const LONGEST_SHARE_DAYS = 90;

/** POST /audits/{auditId}/share-links */
export const ShareLinkRequest = z.strictObject({
  expiresInDays: z.number().int().min(1).max(LONGEST_SHARE_DAYS).default(7).describe('Days for which it works'),
  includeCode: z.boolean().default(false).describe('Findings show the excerpt of code they are about'),
});
export type ShareLinkRequest = z.infer<typeof ShareLinkRequest>;

export const ShareLinkView = z.object({
  shareLinkId: z.uuid(),
  auditId: z.uuid(),
  includesCode: z.boolean(),
  createdBy: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
  lastOpenedAt: Instant.nullable().describe('To the minute; null when nobody opened it'),
});
export type ShareLinkView = z.infer<typeof ShareLinkView>;
export const ShareLinkList = z.object({ items: z.array(ShareLinkView) });
export type ShareLinkList = z.infer<typeof ShareLinkList>;

/** The link is shown this once. */
export const ShareLinkCreated = ShareLinkView.extend({ link: z.url() });
export type ShareLinkCreated = z.infer<typeof ShareLinkCreated>;

/** What the holder of a link sees, and all of it: no id of anything. */
export const SharedReport = z.object({
  projectName: z.string(),
  number: z.number().int(),
  status: z.enum(['completed', 'partial']),
  commit: z.object({ id: z.string(), subject: z.string(), committedAt: Instant }).nullable(),
  healthScore: z.number().nullable(),
  magicsJudged: z.number().int(),
  magicsTotal: z.number().int(),
  gate: GateStatus.nullable(),
  gateReason: GateReason.nullable(),
  counts: Counts,
  magics: z.array(
    z.object({
      magic: MagicKey,
      status: MagicCardStatus,
      score: z.number().nullable(),
      coverage: z.number().nullable().describe('Share of its weight that was judged, 0–1'),
    }),
  ),
  findings: z.array(
    z.object({
      place: z.number().int().describe('1, 2, 3 … in the whole list'),
      ruleTitle: LocalizedText.nullable(),
      ruleId: z.string(),
      severity: SeverityKey,
      path: z.string().nullable(),
      startLine: z.number().int().nullable(),
      message: LocalizedText,
      onlyIn: z
        .partialRecord(z.enum(['title', 'message']), z.enum(LANGUAGES))
        .describe('Of a rule of the team’s own: the language of texts that are in one alone'),
      /** null unless the link shows code. */
      evidence: z.string().nullable(),
    }),
  ),
  page: z.number().int(),
  pageSize: z.number().int(),
  total: z.number().int(),
  expiresAt: Instant,
});
export type SharedReport = z.infer<typeof SharedReport>;
