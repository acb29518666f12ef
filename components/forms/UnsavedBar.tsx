import Box from '@mui/material/Box';
import Button from '@mui/material/Button';

interface UnsavedBarProps {
  /** What is not saved, or what keeps it from being saved. */
  text: string;
  isWrong: boolean;
  isSaving: boolean;
  save: string;
  discard: string;
  onDiscard: () => void;
}

/** Stands at the lower edge of a form while something is not saved. */
export function UnsavedBar({ text, isWrong, isSaving, save, discard, onDiscard }: UnsavedBarProps) {
  return (
    <Box sx={BAR}>
      <Box component="span" aria-hidden sx={DOT} />
      <Box role="status" sx={{ flex: 1, minWidth: 0, color: isWrong ? 'error.main' : undefined }}>
        {text}
      </Box>
      <Button variant="outlined" onClick={onDiscard} disabled={isSaving}>
        {discard}
      </Button>
      <Button type="submit" variant="contained" loading={isSaving}>
        {save}
      </Button>
    </Box>
  );
}

const BAR = {
  position: 'sticky',
  bottom: { xs: 'calc(60px + env(safe-area-inset-bottom))', md: 0 },
  zIndex: 2,
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 2,
  px: 4,
  py: 3,
  border: 1,
  borderColor: 'divider',
  borderRadius: '8px',
  bgcolor: 'background.paper',
} as const;

const DOT = { width: 6, height: 6, borderRadius: '50%', bgcolor: 'elder.accentMark', flex: 'none' } as const;
