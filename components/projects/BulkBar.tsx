'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { KeyHint } from '@/components/layout/KeyHint';
import { Icon } from '@/components/marks/Icon';
import { useRunAudits } from './use-run-audits';
import type { Selection } from './use-selection';

/** In the place of the filters while rows are chosen: how many, and what can be done with them. */
export function BulkBar({ selection }: { selection: Selection }) {
  const t = useMessages();
  const format = useFormat();
  const runAudits = useRunAudits(selection.clear);
  return (
    <Box role="toolbar" aria-label={t.projects.bulk.label} sx={BAR}>
      <Box component="span" role="status" sx={{ fontWeight: 500, mr: 2 }}>
        {t.projects.bulk.selected(format.number(selection.ids.size))}
      </Box>
      <Button
        variant="contained"
        startIcon={<Icon name="play" size={14} />}
        loading={runAudits.isPending}
        loadingPosition="start"
        onClick={() => runAudits.mutate([...selection.ids])}
      >
        {t.projects.run}
      </Button>
      <Button onClick={selection.clear} sx={{ gap: 2 }}>
        {t.projects.bulk.clear}
        <span aria-hidden>
          <KeyHint>Esc</KeyHint>
        </span>
      </Button>
    </Box>
  );
}

const BAR = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 2,
  mb: 3,
  minHeight: 32,
  px: 3,
  mx: '-1px',
  borderRadius: '6px',
  bgcolor: 'elder.selected',
} as const;
