'use client';

import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useId } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Mono } from '@/components/layout/Mono';
import { Panel } from '@/components/layout/Panel';
import { SeverityWord } from '@/components/marks/SeverityWord';
import type { AuditDetail } from '@/lib/schemas/audits';

/** What the audit found in the files that the push changed, before all else. */
export function ChangedFirst({ audit }: { audit: AuditDetail }) {
  const t = useMessages();
  const words = t.webhooks;
  const format = useFormat();
  const id = useId();
  const { projectId, changedFindings, targetFiles } = audit;
  return (
    <Panel title={words.changedFirst} headingId={id} isFlush={changedFindings.length > 0}>
      {changedFindings.length === 0 ? (
        <p>{words.changedNone}</p>
      ) : (
        <>
          <Box component="p" sx={{ px: 4, pt: 3, color: 'text.secondary' }}>
            {words.changedFirstLead(format.number(targetFiles.length))}
          </Box>
          <Box component="ul" aria-labelledby={id}>
            {changedFindings.map(({ findingId, severity, message, path, startLine }) => (
              <Box component="li" key={findingId ?? `${path} ${startLine} ${message.en}`} sx={ROW}>
                <SeverityWord severity={severity} t={t} />
                <Box sx={{ flex: '1 1 240px', minWidth: 0, overflowWrap: 'anywhere' }}>
                  {findingId ? (
                    <Link href={`/projects/${projectId}/findings?finding=${findingId}`}>
                      {message[format.language]}
                    </Link>
                  ) : (
                    message[format.language]
                  )}
                  <Box sx={{ typography: 'body2', color: 'elder.text3' }}>
                    <Mono>{startLine === null ? path : `${path}:${startLine}`}</Mono>
                  </Box>
                </Box>
              </Box>
            ))}
          </Box>
        </>
      )}
    </Panel>
  );
}

const ROW = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'baseline',
  gap: '4px 16px',
  px: 4,
  py: 2,
  borderBottom: 1,
  borderColor: 'divider',
  '&:last-of-type': { borderBottom: 0 },
} as const;
