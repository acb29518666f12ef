'use client';

import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { ForeignText } from '@/components/i18n/ForeignText';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Mono } from '@/components/layout/Mono';
import { Panel } from '@/components/layout/Panel';
import { SeenText } from '@/components/layout/SeenText';
import { SeverityWord } from '@/components/marks/SeverityWord';
import type { SharedReport } from '@/lib/schemas/share-links';

/** What the audit found, a page at a time; excerpts of code where the link shows them. */
export function SharedFindings({ token, report }: { token: string; report: SharedReport }) {
  const t = useMessages();
  const format = useFormat();
  const words = t.share.report;
  const { findings, page, pageSize, total } = report;
  const first = (page - 1) * pageSize + 1;
  const hrefOf = (to: number) => `/shared/${token}?page=${to}`;
  return (
    <Panel title={words.findings} meta={format.number(total)} headingId="findings" isFlush>
      {findings.length === 0 && (
        <Box component="p" sx={{ p: 4, color: 'text.secondary' }}>
          {words.none}
        </Box>
      )}
      <Box component="ul" aria-labelledby="findings">
        {findings.map(({ place, ruleTitle, ruleId, severity, path, startLine, message, onlyIn, evidence }) => (
          <Box component="li" key={place} sx={ROW}>
            <Box component="span" sx={{ flex: 'none', width: 84, 'html:lang(ja) &': { width: 60 } }}>
              <SeverityWord severity={severity} t={t} />
            </Box>
            <Box sx={{ flex: '1 1 240px', minWidth: 0, overflowWrap: 'anywhere' }}>
              <ForeignText language={onlyIn.message}>{message[format.language]}</ForeignText>
              <Box sx={{ typography: 'body2', color: 'elder.text3' }}>
                {path && (
                  <>
                    <Mono>
                      {path}
                      {startLine !== null && `:${startLine}`}
                    </Mono>{' '}
                    ·{' '}
                  </>
                )}
                {ruleTitle ? <ForeignText language={onlyIn.title}>{ruleTitle[format.language]}</ForeignText> : ruleId}
              </Box>
              {evidence && (
                <Box component="code" sx={EVIDENCE}>
                  <SeenText>{evidence}</SeenText>
                </Box>
              )}
            </Box>
          </Box>
        ))}
      </Box>
      {total > pageSize && (
        <Box component="nav" aria-label={words.pages} sx={FOOT}>
          <span>
            {words.shown(format.number(first), format.number(first + findings.length - 1), format.number(total))}
          </span>
          {page > 1 && <Link href={hrefOf(page - 1)}>{words.previous}</Link>}
          {first + findings.length - 1 < total && <Link href={hrefOf(page + 1)}>{words.next}</Link>}
        </Box>
      )}
    </Panel>
  );
}

const ROW = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'baseline',
  gap: '4px 12px',
  px: 4,
  py: 2,
  borderBottom: 1,
  borderColor: 'divider',
  '&:last-of-type': { borderBottom: 0 },
} as const;

const EVIDENCE = {
  display: 'block',
  mt: 1,
  px: 2,
  py: 1,
  borderRadius: '4px',
  bgcolor: 'elder.sunken',
  fontSize: '0.75rem',
  whiteSpace: 'pre-wrap',
} as const;

const FOOT = {
  display: 'flex',
  flexWrap: 'wrap',
  gap: 4,
  px: 4,
  py: 3,
  borderTop: 1,
  borderColor: 'divider',
  typography: 'body2',
  color: 'text.secondary',
} as const;
