import Box from '@mui/material/Box';
import type { Format } from '@/lib/i18n/format';
import { changeColour } from './band';

/** `+4`, `−8`, `±0`: signed, so the colour adds nothing one must see. */
export function Change({ value, format }: { value: number; format: Format }) {
  return (
    <Box component="span" sx={{ color: `elder.${changeColour(value)}`, whiteSpace: 'nowrap' }}>
      {format.change(value)}
    </Box>
  );
}
