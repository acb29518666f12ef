'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { KeyHint } from '@/components/layout/KeyHint';
import { Icon } from '@/components/marks/Icon';
import { VERDICTS, type Verdict } from '@/lib/magics/types';

export const VERDICT_KEYS: Record<Verdict, string> = { accepted: 'r', false_positive: 'f', wont_fix: 'w' };

interface TriageBarProps {
  /** Of the finding, when it is in force or over. */
  hasVerdict: boolean;
  hasPatch: boolean;
  /** Beside a list that the keys move over. */
  isBesideList: boolean;
  onAssign: (anchor: HTMLElement) => void;
  onJudge: (verdict: Verdict) => void;
  onTakeBack: () => void;
  onComment: () => void;
}

/** What can be done with the finding, each with its key. */
export function TriageBar({
  hasVerdict,
  hasPatch,
  isBesideList,
  onAssign,
  onJudge,
  onTakeBack,
  onComment,
}: TriageBarProps) {
  const t = useMessages();
  const words = t.triage.actions;
  return (
    <Box role="toolbar" aria-label={t.triage.bar} sx={BAR}>
      <Button
        size="small"
        variant="outlined"
        aria-haspopup="menu"
        data-assign=""
        onClick={({ currentTarget }) => onAssign(currentTarget)}
        sx={{ gap: 2 }}
      >
        {words.assign}
        <Key name="a" />
      </Button>
      {VERDICTS.map((verdict) => (
        <Button key={verdict} size="small" variant="outlined" onClick={() => onJudge(verdict)} sx={{ gap: 2 }}>
          {words[verdict]}
          <Key name={VERDICT_KEYS[verdict]} />
        </Button>
      ))}
      {hasVerdict && (
        <Button size="small" onClick={onTakeBack}>
          {words.takeBack}
        </Button>
      )}
      <Button size="small" startIcon={<Icon name="comment" size={14} />} onClick={onComment} sx={{ gap: 2 }}>
        {words.comment}
        <Key name="c" />
      </Button>
      {isBesideList && (
        <Box aria-hidden sx={KEYS}>
          <KeyHint>j</KeyHint>
          <KeyHint>k</KeyHint>
          {t.findings.keys.move}
          {hasPatch && (
            <>
              <KeyHint>p</KeyHint>
              {t.findings.keys.patch}
            </>
          )}
        </Box>
      )}
    </Box>
  );
}

function Key({ name }: { name: string }) {
  return (
    <Box component="span" aria-hidden sx={{ display: 'none', [WIDE]: { display: 'inline' } }}>
      <KeyHint>{name}</KeyHint>
    </Box>
  );
}

const WIDE = '@media (min-width: 1100px)';

/** Beside the list at the pane's lower edge; on a phone above the bottom bar. */
const BAR = {
  position: 'sticky',
  zIndex: 1,
  bottom: { xs: 60, md: 0 },
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '6px 8px',
  px: { xs: 4, md: 5 },
  py: 2,
  minHeight: 48,
  bgcolor: 'background.default',
  borderTop: 1,
  borderColor: 'divider',
} as const;

const KEYS = {
  display: 'none',
  [WIDE]: { display: 'flex' },
  alignItems: 'center',
  gap: '6px',
  ml: 'auto',
  typography: 'body2',
  color: 'elder.text3',
} as const;
