import Box from '@mui/material/Box';
import { useMessages } from '@/components/i18n/LocaleProvider';

/** What a changed setting was in the version that is edited. */
export function WasChip({ value }: { value: string }) {
  const t = useMessages();
  return (
    <Box component="span" sx={CHANGED}>
      {t.policy.was(value)}
    </Box>
  );
}

/** A small note of what differs from the version that is edited. */
export const CHANGED = {
  display: 'inline-flex',
  alignItems: 'center',
  minHeight: 20,
  px: '6px',
  borderRadius: '4px',
  bgcolor: 'elder.accentSoft',
  color: 'elder.accent',
  fontSize: '0.75rem',
  lineHeight: '1rem',
  fontWeight: 500,
  whiteSpace: 'nowrap',
} as const;
