import * as z from 'zod';
import { HOST_GAPS, HOST_PARTS } from '@/lib/magics/facts/provider';
import { Instant } from './common';

/** What the host told of each part, in few words; kept beside what it told. */
export const HostEvidenceSummary = z.object({
  parts: z.array(
    z.object({
      part: z.enum(HOST_PARTS),
      count: z
        .number()
        .int()
        .nullable()
        .describe('Rows of a list; of the protection 1, or 0 when there is none; null of a missing part'),
      isCut: z.boolean().describe('The host has more: the newest were read'),
      missing: z
        .object({
          reason: z.enum(HOST_GAPS),
          needed: z.string().describe('Scope or permission that the credential lacks'),
        })
        .nullable(),
    }),
  ),
});
export type HostEvidenceSummary = z.infer<typeof HostEvidenceSummary>;

/** What an audit's page says of what its Git host was asked. */
export const HostEvidenceView = HostEvidenceSummary.extend({
  provider: z.string(),
  askedAt: Instant,
  calls: z.number().int().describe('Requests to the API; 0 where the answers to an audit shortly before were taken'),
  hash: z.string().describe('SHA-256 of what the host said; part of the result hash'),
});
export type HostEvidenceView = z.infer<typeof HostEvidenceView>;
