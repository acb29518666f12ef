'use client';

import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { CopyButton } from '@/components/layout/CopyButton';
import { Mono } from '@/components/layout/Mono';
import type { AuditDetail } from '@/lib/schemas/audits';

/** By which key the result was signed, its place in the chain, and how anybody checks that. */
export function AuditEvidence({ audit: { auditId, projectId, evidence, endedAt } }: { audit: AuditDetail }) {
  const t = useMessages();
  const format = useFormat();
  const words = t.exports.evidence;
  if (!evidence) return <Box sx={QUIET}>{endedAt ? words.none : words.notYet}</Box>;
  const command = `elder verify evidence-${auditId}.json --key evidence-keys.json`;
  return (
    <>
      <Box component="span" sx={ROW}>
        {words.signed(format.number(evidence.sequence))}
        <Link component="a" href={`/api/v1/audits/${auditId}/evidence`} download>
          {words.download}
        </Link>
        <Link component="a" href={`/api/v1/projects/${projectId}/evidence`} download>
          {words.chain}
        </Link>
        <Link component="a" href="/api/v1/evidence/keys" download="evidence-keys.json">
          {words.keys}
        </Link>
      </Box>
      <Box component="span" sx={{ ...ROW, ...QUIET }}>
        {words.key} <Mono title={evidence.keyId}>{evidence.keyId.slice(0, 16)}</Mono>
        <CopyButton value={evidence.keyId} label={words.keyLabel} />
      </Box>
      <Box component="span" sx={{ ...ROW, ...QUIET }}>
        {words.verify} <Mono>{command}</Mono>
        <CopyButton value={command} label={words.command} />
      </Box>
    </>
  );
}

const ROW = { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '2px 12px' } as const;
const QUIET = { typography: 'body2', fontWeight: 400, color: 'elder.text3' } as const;
