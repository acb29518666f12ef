'use client';

import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import type { ReactNode } from 'react';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { RowSkeletons } from '@/components/feedback/Skeletons';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { Icon } from '@/components/marks/Icon';
import { PreviewResult } from './PreviewResult';
import type { PreviewOfDraft } from './use-preview';

interface PreviewPanelProps {
  of: PreviewOfDraft;
  /** Nothing was changed, so there is nothing to show. */
  isIdle: boolean;
  /** Of one project, not of all that the team has. */
  isOfProject: boolean;
  /** What keeps the draft from being judged. */
  problem?: ReactNode;
}

/** What would become of the team's projects, or of one. */
export function PreviewPanel({ of, isIdle, isOfProject, problem }: PreviewPanelProps) {
  const t = useMessages();
  const format = useFormat();
  const words = t.policy.preview;
  const { preview, isUpdating, error, problems, tookMs, retry } = of;
  return (
    <Panel
      isFlush
      headingId="preview"
      title={words.title}
      action={
        !isIdle && (
          <Box role="status" sx={{ display: 'flex' }}>
            {isUpdating ? (
              <Chip size="small" icon={<Icon name="clock" size={12} />} label={words.updating} sx={CHIP} />
            ) : (
              tookMs !== null && (
                <Chip
                  size="small"
                  icon={<Icon name="clock" size={12} />}
                  label={words.took(format.duration(tookMs))}
                  sx={CHIP}
                />
              )
            )}
          </Box>
        )
      }
    >
      {isIdle ? (
        <Box component="p" sx={{ px: 4, py: 4, color: 'text.secondary' }}>
          {isOfProject ? words.idleOfProject : words.idle}
        </Box>
      ) : (
        <>
          {problem && <Box sx={{ p: 3 }}>{problem}</Box>}
          {error && !problems && (
            <Box sx={{ p: 3 }}>
              <ErrorNote error={error} text={words.failed} onRetry={retry} />
            </Box>
          )}
          {!preview && !error && <RowSkeletons rows={6} height={36} />}
          {preview && <PreviewResult preview={preview} isOld={isUpdating || error !== null} />}
        </>
      )}
    </Panel>
  );
}

const CHIP = { bgcolor: 'elder.sunken', '& .MuiChip-icon': { ml: '6px', mr: '-3px' } } as const;
