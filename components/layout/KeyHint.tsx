import Box from '@mui/material/Box';

/** The picture of a key. */
export function KeyHint({ children }: { children: string }) {
  return (
    <Box
      component="kbd"
      sx={{
        display: 'inline-block',
        minWidth: 18,
        px: '4px',
        textAlign: 'center',
        fontFamily: 'inherit',
        fontSize: '0.6875rem',
        lineHeight: '1rem',
        fontWeight: 500,
        color: 'elder.text3',
        bgcolor: 'elder.canvas',
        border: 1,
        borderColor: 'divider',
        borderRadius: '4px',
      }}
    >
      {children}
    </Box>
  );
}
