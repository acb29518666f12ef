import Box from '@mui/material/Box';
import { CopyButton } from './CopyButton';

/** Text to be pasted elsewhere, with a button that copies it. */
export function CopyableCode({ value, label, isSmall = false }: { value: string; label: string; isSmall?: boolean }) {
  return (
    <Box sx={BOX}>
      <Box component="code" sx={{ flex: 1, overflowWrap: 'anywhere', ...(isSmall && { fontSize: '0.75rem' }) }}>
        {value}
      </Box>
      <CopyButton value={value} label={label} />
    </Box>
  );
}

const BOX = {
  display: 'flex',
  alignItems: 'flex-start',
  gap: 2,
  px: 3,
  py: 2,
  border: 1,
  borderColor: 'divider',
  borderRadius: '6px',
  bgcolor: 'elder.sunken',
} as const;
