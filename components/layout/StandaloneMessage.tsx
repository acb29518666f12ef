import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { AuthFrame } from '@/components/auth/AuthFrame';
import type { Messages } from '@/lib/i18n/messages';

interface StandaloneMessageProps {
  t: Messages;
  title: string;
  text: string;
  /** Beside the way to the projects. */
  action?: ReactNode;
}

/** A page of its own for what has no place in the shell: an unknown address, a failure before it. */
export function StandaloneMessage({ t, title, text, action }: StandaloneMessageProps) {
  return (
    <AuthFrame t={t}>
      <Box component="h1" sx={{ typography: 'h1' }}>
        {title}
      </Box>
      <Box component="p" sx={{ mt: 1, mb: 5, color: 'text.secondary' }}>
        {text}
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2 }}>
        {action}
        <Button variant="outlined" href="/projects">
          {t.errors.page.toProjects}
        </Button>
      </Box>
    </AuthFrame>
  );
}
