import Box from '@mui/material/Box';
import { cssToken, type Token } from '@/components/theme/tokens';

/** A filled length beside a number that says the same; hidden from screen readers for that. */
export function ScoreBar({ value, colour, height = 4 }: { value: number; colour: Token; height?: number }) {
  return (
    <Box
      component="span"
      aria-hidden
      sx={{
        display: 'block',
        position: 'relative',
        height,
        borderRadius: '2px',
        bgcolor: 'elder.track',
        overflow: 'hidden',
      }}
    >
      <span
        style={{
          position: 'absolute',
          insetBlock: 0,
          left: 0,
          width: `${Math.max(0, Math.min(100, value))}%`,
          borderRadius: 2,
          background: cssToken(colour),
          transition: 'width 180ms cubic-bezier(.2,0,0,1)',
        }}
      />
    </Box>
  );
}
