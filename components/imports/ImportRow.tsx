'use client';

import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { TimeAgo } from '@/components/i18n/TimeAgo';
import { Mono } from '@/components/layout/Mono';
import type { ImportView } from '@/lib/schemas/imports';
import { leftOutTexts } from './left-out';

/** One report: which tool, on which commit, what was kept of it and what was not. */
export function ImportRow({ item }: { item: ImportView }) {
  const t = useMessages();
  const format = useFormat();
  const words = t.imports;
  const { projectId, toolName, toolVersion, tool, category, commit } = item;
  const facts = [
    words.kept(format.number(item.findings), format.number(item.results)),
    item.newCount === null ? words.first : words.changes(format.number(item.newCount), format.number(item.fixedCount)),
    ...(item.uploadedBy ? [words.by(item.uploadedBy)] : []),
  ];
  const left = leftOutTexts(item, t, format);
  return (
    <Box component="li" sx={ROW}>
      <Box sx={{ flex: '1 1 260px', minWidth: 0, overflowWrap: 'anywhere' }}>
        <Box>
          <Box component="span" sx={{ fontWeight: 500 }}>
            {toolName} {toolVersion}
          </Box>{' '}
          {category && <span>{words.category(category)} </span>}
          <Box component="span" sx={{ color: 'text.secondary' }} title={commit}>
            <Mono>{words.of(commit.slice(0, 7))}</Mono>
          </Box>
        </Box>
        <Box sx={META}>{facts.join(' · ')}</Box>
        {left.length > 0 && <Box sx={META}>{left.join(t.common.comma)}</Box>}
      </Box>
      <Box sx={{ typography: 'body2', color: 'elder.text3' }}>
        <TimeAgo at={item.uploadedAt} />
      </Box>
      <Link
        href={`/projects/${projectId}/findings?magic=imported&search=${encodeURIComponent(`${tool}/`)}`}
        aria-label={words.findingsOf(toolName)}
      >
        {words.findings}
      </Link>
    </Box>
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

const META = { typography: 'body2', color: 'elder.text3' } as const;
