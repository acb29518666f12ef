'use client';

import Box from '@mui/material/Box';
import { useQuery } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Mono } from '@/components/layout/Mono';
import { Panel } from '@/components/layout/Panel';
import { textOf } from '@/lib/i18n/text-of';
import type { UnreadFiles } from '@/lib/schemas/maps';

/** Files whose silence must not be taken for a pass. Nothing when all were read. */
export function UnreadFilesPanel({ projectId }: { projectId: string }) {
  const t = useMessages();
  const format = useFormat();
  const words = t.notEvaluated.unread;
  const { data } = useQuery({
    queryKey: queryKeys.unreadFiles(projectId),
    queryFn: ({ signal }) => callApi<UnreadFiles>(`/projects/${projectId}/unread-files`, { signal }),
  });
  const total = Object.values(data?.counts ?? {}).reduce((sum, count) => sum + count, 0);
  if (!data || total === 0) return null;
  const left = total - data.files.length;
  return (
    <Box sx={{ mt: 4 }}>
      <Panel
        isFlush
        headingId="unread-files"
        title={words.title}
        meta={words.lead}
        action={
          <Box component="span" sx={{ typography: 'body2', color: 'elder.text3' }}>
            {words.files(format.number(total))}
          </Box>
        }
      >
        <ul>
          {data.files.map(({ path, reason, sizeBytes }) => (
            <Box key={path} component="li" sx={ROW}>
              <Mono>{path}</Mono>
              <Box component="span" sx={{ typography: 'body2', color: 'text.secondary' }}>
                {format.bytes(sizeBytes)}, {textOf(words.reasons, reason) ?? reason}
              </Box>
            </Box>
          ))}
          {left > 0 && (
            <Box component="li" sx={ROW}>
              {words.more(format.number(left))}
            </Box>
          )}
        </ul>
      </Panel>
    </Box>
  );
}

const ROW = {
  display: 'flex',
  flexWrap: 'wrap',
  justifyContent: 'space-between',
  columnGap: 4,
  px: 4,
  py: 2,
  '& + li': { borderTop: 1, borderColor: 'divider' },
} as const;
