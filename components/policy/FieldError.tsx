import Box from '@mui/material/Box';
import { StatusMark } from '@/components/marks/StatusMark';

/** What is wrong with the setting above it. */
export function FieldError({ text, id }: { text: string | null; id?: string }) {
  if (text === null) return null;
  return (
    <Box
      id={id}
      role="alert"
      data-field-error
      sx={{ display: 'flex', gap: '6px', mt: 1, typography: 'body2', color: 'error.main' }}
    >
      <Box component="span" sx={{ mt: '2px' }}>
        <StatusMark status="error" />
      </Box>
      {text}
    </Box>
  );
}
