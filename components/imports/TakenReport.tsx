'use client';

import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { Note } from '@/components/feedback/Note';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import type { ImportView } from '@/lib/schemas/imports';
import { leftOutTexts } from './left-out';

/** What became of a report that was just sent. */
export function TakenReport({ item }: { item: ImportView }) {
  const t = useMessages();
  const format = useFormat();
  const words = t.imports;
  const { projectId, tool, toolName, toolVersion, category, findings, results, newCount, fixedCount } = item;
  const left = leftOutTexts(item, t, format);
  return (
    <Note
      status={left.length > 0 ? 'warning' : 'passed'}
      action={
        <Link href={`/projects/${projectId}/findings?magic=imported&search=${encodeURIComponent(`${tool}/`)}`}>
          {words.upload.show}
        </Link>
      }
    >
      <Box component="p" sx={{ color: 'text.primary', fontWeight: 500, overflowWrap: 'anywhere' }}>
        {words.upload.taken([toolName, toolVersion, category && words.category(category)].filter(Boolean).join(' '))}
      </Box>
      <Box component="ul" sx={{ display: 'grid', mt: 1, pl: 4, '& li': { listStyle: 'disc' } }}>
        <li>{words.kept(format.number(findings), format.number(results))}</li>
        <li>{newCount === null ? words.first : words.changes(format.number(newCount), format.number(fixedCount))}</li>
        {left.map((text) => (
          <li key={text}>{words.upload.notTaken(text)}</li>
        ))}
      </Box>
    </Note>
  );
}
