import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { Note } from '@/components/feedback/Note';

/** A link that opens nothing. */
export function LinkGone({ text, toSignIn }: { text: string; toSignIn: string }) {
  return (
    <Box sx={{ mt: 4 }}>
      <Note role="alert" status="error">
        <Box component="span" sx={{ color: 'text.primary' }}>
          {text}
        </Box>
        <Box sx={{ mt: 1 }}>
          <Link href="/sign-in">{toSignIn}</Link>
        </Box>
      </Note>
    </Box>
  );
}
