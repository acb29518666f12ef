import * as z from 'zod';
import { isSeen } from '@/lib/magics/hidden-text';
import { MAGIC_IDS, MAGIC_STATUSES, SEVERITIES } from '@/lib/magics/types';

export const MagicKey = z.enum(MAGIC_IDS);
export const SeverityKey = z.enum(SEVERITIES);
/** A magic's status on screen: its result's, or where it stands while the audit runs. */
export const MagicCardStatus = z.enum(['waiting', 'running', ...MAGIC_STATUSES]);
export const AuditStatus = z.enum(['queued', 'running', 'completed', 'partial', 'failed', 'cancelled']);
export type AuditStatus = z.infer<typeof AuditStatus>;
export const GateStatus = z.enum(['passed', 'warning', 'failed']);
export const Counts = z.record(SeverityKey, z.number().int());
export type Counts = z.infer<typeof Counts>;
export const LocalizedText = z.object({ en: z.string(), ja: z.string() });
export const MessageData = z.record(z.string(), z.union([z.string(), z.number()]));
/** A sentence by its id, put together in the reader's language. */
export const Sentence = z.object({ id: z.string(), data: MessageData });
export type Sentence = z.infer<typeof Sentence>;
/** ISO 8601 in UTC. */
export const Instant = z.iso.datetime();

/** Name of a branch by the rules of `git check-ref-format`; revision expressions are none. */
export const BranchName = z
  .string()
  .min(1)
  .max(250)
  .regex(
    /^(?![/.-])(?!.*(?:\.\.|@\{|\/\/|\/\.|\.lock(?:\/|$)))[^\p{Cc}\p{Cs} ~^:?*[\\]+(?<![/.])$/u,
    'not the name of a branch',
  );

/** One line of text: no control characters, which databases and terminals refuse or obey. */
export const PlainText = z.string().regex(/^[^\p{Cc}\p{Cs}]*$/u, 'control characters are not allowed');

export const NOT_SEEN = {
  message: 'holds a character that is not seen or turns text around',
  params: { kind: 'hidden' },
};

/** What people call something: others read all of it, in its order. */
export const NameText = PlainText.refine(isSeen, NOT_SEEN);

/** Opaque cursor pages: `nextCursor` is null on the last page. */
export const PageRequest = z.object({
  cursor: PlainText.max(1_000).optional().describe('`nextCursor` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('Items a page'),
});
export type PageRequest = z.infer<typeof PageRequest>;
