import Box from '@mui/material/Box';
import type { Messages } from '@/lib/i18n/messages';
import type { FindingState } from '@/lib/schemas/findings';

/** New, reopened and judged stand out; a finding that was there before says nothing. */
export function StateChip({ state, t }: { state: FindingState; t: Messages }) {
  if (state === 'existing') return null;
  const isNew = state === 'new';
  return (
    <Box
      component="span"
      sx={{
        flex: 'none',
        height: 18,
        px: '5px',
        borderRadius: '4px',
        fontSize: 'var(--elder-small)',
        lineHeight: '18px',
        fontWeight: 500,
        bgcolor: isNew ? 'elder.accentSoft' : 'elder.sunken',
        color: isNew ? 'elder.accent' : 'text.secondary',
      }}
    >
      {t.findings.states[state]}
    </Box>
  );
}
