'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { KeyHint } from '@/components/layout/KeyHint';
import type { Selection } from '@/components/projects/use-selection';
import { VERDICTS, type Verdict } from '@/lib/magics/types';

interface BulkTriageBarProps {
  selection: Selection;
  onAssign: (anchor: HTMLElement) => void;
  onJudge: (verdict: Verdict) => void;
  onTakeBack: () => void;
}

/** In the place of the filters while findings are chosen: how many, and what can be done with them. */
export function BulkTriageBar({ selection, onAssign, onJudge, onTakeBack }: BulkTriageBarProps) {
  const t = useMessages();
  const format = useFormat();
  return (
    <Box role="toolbar" aria-label={t.triage.bulk.label} sx={BAR}>
      <Box component="span" role="status" sx={{ fontWeight: 500, mr: 2 }}>
        {t.triage.bulk.selected(format.number(selection.ids.size))}
      </Box>
      <Button
        size="small"
        variant="outlined"
        aria-haspopup="menu"
        onClick={({ currentTarget }) => onAssign(currentTarget)}
      >
        {t.triage.actions.assign}
      </Button>
      {VERDICTS.map((verdict) => (
        <Button key={verdict} size="small" variant="outlined" onClick={() => onJudge(verdict)}>
          {t.triage.actions[verdict]}
        </Button>
      ))}
      <Button size="small" onClick={onTakeBack}>
        {t.triage.actions.takeBack}
      </Button>
      <Button size="small" onClick={selection.toggleAll}>
        {t.triage.bulk.all}
      </Button>
      <Button size="small" onClick={selection.clear} sx={{ gap: 2 }}>
        {t.triage.bulk.clear}
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
  gap: '6px',
  px: { xs: 4, md: 6 },
  py: '9px',
  minHeight: 48,
  bgcolor: 'elder.selected',
  borderBottom: 1,
  borderColor: 'divider',
} as const;
