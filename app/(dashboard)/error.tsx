'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { Note } from '@/components/feedback/Note';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { PageHeader } from '@/components/layout/PageHeader';
import { Page } from '@/components/shell/Page';

/** The cause stays in the server's log; the digest is how to find it there. */
export default function DashboardError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useMessages();
  return (
    <Page crumbs={[{ label: t.errors.page.title }]}>
      <PageHeader title={t.errors.page.title} />
      <Note
        role="alert"
        status="error"
        action={
          <Button variant="outlined" size="small" onClick={reset}>
            {t.common.retry}
          </Button>
        }
      >
        <Box component="p" sx={{ color: 'text.primary' }}>
          {t.errors.codes.internal}
        </Box>
        {error.digest && (
          <Box component="p" sx={{ typography: 'body2', color: 'elder.text3' }}>
            {t.errors.requestId(error.digest)}
          </Box>
        )}
      </Note>
    </Page>
  );
}
