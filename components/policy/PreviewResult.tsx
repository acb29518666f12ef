'use client';

import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useState } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { StatusMark } from '@/components/marks/StatusMark';
import type { ConfigurationPreview } from '@/lib/schemas/configuration';
import { CHIP } from './PresetChips';
import { PreviewRow } from './PreviewRow';
import { hasGateChange, isJudged, orderedPreview, sumsOf } from './preview-order';
import { averageSentence, previewSentence } from './preview-sentence';
import { unavailableText } from './unavailable-text';

type Shown = 'all' | 'gates' | 'missing';

/** The sentence, then project by project; those that cannot be told are named with the reason. */
export function PreviewResult({ preview, isOld }: { preview: ConfigurationPreview; isOld: boolean }) {
  const t = useMessages();
  const format = useFormat();
  const [chosen, setChosen] = useState<Shown>('all');
  const words = t.policy.preview;
  const { gateChanges, inexact } = sumsOf(preview);
  const average = averageSentence(preview, t, format);
  const rows = orderedPreview(preview);
  const missing = preview.items.filter((project) => !isJudged(project));
  const filters = [
    { id: 'all', name: words.all, count: preview.items.length },
    { id: 'gates', name: words.gates, count: gateChanges },
    { id: 'missing', name: words.missing, count: missing.length },
  ] as const;
  // A choice that has become empty shows everything again.
  const shown = filters.find(({ id, count }) => id === chosen && count > 0)?.id ?? 'all';
  const listed = shown === 'missing' ? [] : shown === 'gates' ? rows.filter(hasGateChange) : rows;
  return (
    <Box aria-busy={isOld} data-preview={isOld ? 'old' : 'new'}>
      <Box component="p" role="status" sx={{ px: 4, pt: 3, pb: 2 }}>
        <b>{previewSentence(preview, t, format)}</b>{' '}
        {average && (
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {average}
          </Box>
        )}
      </Box>
      <Box role="group" aria-label={words.show} sx={{ display: 'flex', flexWrap: 'wrap', gap: '6px', px: 4, pb: 3 }}>
        {filters.map(({ id, name, count }) => (
          <ButtonBase
            key={id}
            aria-pressed={shown === id}
            disabled={count === 0}
            onClick={() => setChosen(id)}
            sx={{ ...CHIP, minHeight: 24, '&.Mui-disabled': { color: 'elder.text3' } }}
          >
            {name} {format.number(count)}
          </ButtonBase>
        ))}
      </Box>
      {listed.length > 0 && (
        <Box component="ul" aria-label={words.projects} sx={{ borderTop: 1, borderColor: 'divider' }}>
          {listed.map((project) => (
            <PreviewRow key={project.projectId} project={project} isOld={isOld} />
          ))}
        </Box>
      )}
      {shown !== 'gates' && missing.length > 0 && (
        <Box component="ul" aria-label={words.missing}>
          {missing.map((project) => (
            <Box component="li" key={project.projectId} sx={MISSING}>
              <Box component="span" sx={{ mt: '2px' }}>
                <StatusMark status="not_applicable" />
              </Box>
              <span>
                <b>{project.projectName}</b> {unavailableText(project, t)}
              </span>
            </Box>
          ))}
        </Box>
      )}
      {inexact > 0 && (
        <Box component="p" sx={FOOT}>
          {words.rough(format.number(inexact))}
        </Box>
      )}
      {preview.leftOut > 0 && (
        <Box component="p" sx={FOOT}>
          {words.leftOut(format.number(preview.leftOut))}
        </Box>
      )}
    </Box>
  );
}

const MISSING = {
  display: 'flex',
  gap: 2,
  px: 4,
  py: 2,
  borderTop: 1,
  borderColor: 'divider',
  typography: 'body2',
  color: 'text.secondary',
  overflowWrap: 'anywhere',
  '& b': { fontWeight: 500, color: 'text.primary' },
} as const;

const FOOT = { px: 4, py: 2, borderTop: 1, borderColor: 'divider', typography: 'body2', color: 'elder.text3' } as const;
