'use client';

import Box from '@mui/material/Box';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { TimeAgo } from '@/components/i18n/TimeAgo';
import { fill } from '@/lib/i18n/fill';
import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import { REASON_TEXTS } from '@/lib/i18n/reasons';
import { textOf } from '@/lib/i18n/text-of';
import type { AuditDetail } from '@/lib/schemas/audits';
import type { HostEvidenceView } from '@/lib/schemas/host-evidence';

/** What the Git host was asked, when, with how many requests, and what it did not tell. */
export function AuditHostEvidence({ audit: { hostEvidence } }: { audit: AuditDetail }) {
  const t = useMessages();
  const format = useFormat();
  const words = t.exports.host;
  if (!hostEvidence) return <Box sx={QUIET}>{words.notAsked}</Box>;
  const { provider, calls, askedAt, parts } = hostEvidence;
  const host = textOf(t.webhooks.hosts, provider.replaceAll('_', '-')) ?? provider;
  return (
    <>
      <Box component="span" sx={ROW}>
        {calls > 0 ? words.asked(host, format.number(calls)) : words.taken(host)}
        <TimeAgo at={askedAt} />
      </Box>
      {parts.map((part) => (
        <Part key={part.part} told={part} />
      ))}
    </>
  );
}

function Part({ told }: { told: HostEvidenceView['parts'][number] }) {
  const words = useMessages().exports.host;
  const format = useFormat();
  return (
    <Box component="span" sx={{ ...ROW, ...QUIET }}>
      {words.parts[told.part]}: {partText(told, words, format)}
    </Box>
  );
}

function partText(
  { part, count, isCut, missing }: HostEvidenceView['parts'][number],
  words: Messages['exports']['host'],
  format: Format,
): string {
  if (missing) {
    const text = REASON_TEXTS[missing.reason]?.[format.language] ?? missing.reason;
    return fill(text, { needed: missing.needed });
  }
  if (part === 'protection') return count ? words.protected : words.unprotected;
  const number = format.number(count ?? 0);
  return isCut ? words.newest(number) : number;
}

const ROW = { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '2px 12px' } as const;
const QUIET = { typography: 'body2', fontWeight: 400, color: 'elder.text3' } as const;
