'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { problemOf } from '@/components/api/client';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { problemText } from '@/lib/i18n/problem-text';
import { Note } from './Note';

interface ErrorNoteProps {
  error: unknown;
  /** In place of the text of the error's code. */
  text?: string | undefined;
  onRetry?: () => void;
}

/** What went wrong, in the words of the reader, with the request id for whoever runs the server. */
export function ErrorNote({ error, text, onRetry }: ErrorNoteProps) {
  const t = useMessages();
  const { code, requestId, status } = problemOf(error);
  return (
    <Note
      role="alert"
      status="error"
      action={
        onRetry && (
          <Button size="small" variant="outlined" onClick={onRetry}>
            {t.common.retry}
          </Button>
        )
      }
    >
      <Box component="p" sx={{ color: 'text.primary' }}>
        {text ?? problemText(t, code)}
      </Box>
      {requestId && status >= 500 && (
        <Box component="p" sx={{ typography: 'body2', color: 'elder.text3', overflowWrap: 'anywhere' }}>
          {t.errors.requestId(requestId)}
        </Box>
      )}
    </Note>
  );
}
