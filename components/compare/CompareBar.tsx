'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMessages } from '@/components/i18n/LocaleProvider';
import type { AuditSummary } from '@/lib/schemas/audits';
import { hasResult } from './has-result';

interface CompareBarProps {
  projectId: string;
  audits: readonly AuditSummary[];
  /** Ids of at most two. */
  chosen: readonly string[];
}

/** Leads to the comparison of the two chosen audits, the older one first. */
export function CompareBar({ projectId, audits, chosen }: CompareBarProps) {
  const t = useMessages();
  if (audits.filter(hasResult).length < 2) return null;
  const [from, to] = audits.filter(({ auditId }) => chosen.includes(auditId)).sort((a, b) => a.number - b.number);
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 3, minHeight: 40, mb: 2 }}>
      {from && to ? (
        <Button
          size="small"
          variant="outlined"
          href={`/projects/${projectId}/compare?from=${from.auditId}&to=${to.auditId}`}
        >
          {t.compare.two(from.number, to.number)}
        </Button>
      ) : (
        <Box component="span" sx={{ typography: 'body2', color: 'elder.text3' }}>
          {t.compare.chooseHelp}
        </Box>
      )}
    </Box>
  );
}
