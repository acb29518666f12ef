'use client';

import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Mono } from '@/components/layout/Mono';
import { SeverityWord } from '@/components/marks/SeverityWord';
import { shortPath } from '@/components/project/short-path';
import { type ComparedFinding, comparedFindingAnchor } from '@/lib/schemas/comparisons';

/** A finding as one line: what became of it, how grave, what and where. */
export function ComparedFindingRow({ finding, projectId }: { finding: ComparedFinding; projectId: string }) {
  const t = useMessages();
  const format = useFormat();
  const words = t.compare.findings;
  const { change, findingId, severity, severityBefore, path, pathBefore, startLine, message, ruleId } = finding;
  const text = message[format.language];
  return (
    <Box component="li" id={comparedFindingAnchor(finding)} sx={ROW}>
      <Box component="span" sx={STATE}>
        {words.states[change]}
      </Box>
      <Box component="span" sx={{ flex: 'none', width: 84, 'html:lang(ja) &': { width: 60 } }}>
        <SeverityWord severity={severity} t={t} />
      </Box>
      <Box sx={{ flex: '1 1 240px', minWidth: 0 }}>
        <Box sx={{ overflowWrap: 'anywhere' }}>
          {findingId ? (
            <Link href={`/projects/${projectId}/findings?state=all&finding=${findingId}`} color="inherit">
              {text}
            </Link>
          ) : (
            text
          )}
        </Box>
        <Box sx={{ typography: 'body2', color: 'elder.text3', overflowWrap: 'anywhere' }}>
          {path ? (
            <Mono title={path}>
              {shortPath(path)}
              {startLine !== null && `:${startLine}`}
            </Mono>
          ) : (
            words.byCommit
          )}
          {' · '}
          {ruleId}
          {pathBefore && ` · ${words.moved(pathBefore)}`}
          {severityBefore && ` · ${words.severity(t.common.severity[severityBefore], t.common.severity[severity])}`}
        </Box>
      </Box>
    </Box>
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
  scrollMarginTop: '64px',
  '&:target': { bgcolor: 'elder.selected' },
} as const;

const STATE = { flex: 'none', width: 116, typography: 'body2', fontWeight: 500 } as const;
