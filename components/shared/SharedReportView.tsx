'use client';

import Box from '@mui/material/Box';
import { Note } from '@/components/feedback/Note';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Mono } from '@/components/layout/Mono';
import { PageHeader } from '@/components/layout/PageHeader';
import { SeenText } from '@/components/layout/SeenText';
import { PublicHeader } from '@/components/shell/PublicHeader';
import type { SharedReport } from '@/lib/schemas/share-links';
import { SharedFindings } from './SharedFindings';
import { SharedSummary } from './SharedSummary';

/** The report of one audit for whoever holds its link. Nothing on it leads into the product. */
export function SharedReportView({ token, report }: { token: string; report: SharedReport }) {
  const t = useMessages();
  const format = useFormat();
  const words = t.share.report;
  const { projectName, number, commit, expiresAt, status } = report;
  return (
    <Box sx={{ minHeight: '100dvh' }}>
      <PublicHeader t={t} />
      <Box component="main" id="main" sx={MAIN}>
        <PageHeader
          title={words.title(projectName, number)}
          lead={
            <>
              {words.lead(format.dateTime(expiresAt))}
              {commit && (
                <Box sx={{ typography: 'body2', overflowWrap: 'anywhere' }}>
                  <Mono title={commit.id}>{commit.id.slice(0, 10)}</Mono> <SeenText>{commit.subject}</SeenText> ·{' '}
                  {format.dateTime(commit.committedAt)}
                </Box>
              )}
            </>
          }
        />
        <Box sx={{ display: 'grid', gap: 4, '& > *': { minWidth: 0 } }}>
          {status === 'partial' && <Note status="partial">{words.partial}</Note>}
          <SharedSummary report={report} />
          <SharedFindings token={token} report={report} />
        </Box>
      </Box>
    </Box>
  );
}

const MAIN = { maxWidth: 1080, mx: 'auto', px: { xs: 4, md: 6 }, pt: 4, pb: 10 } as const;
