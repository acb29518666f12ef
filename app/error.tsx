'use client';

import Button from '@mui/material/Button';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { StandaloneMessage } from '@/components/layout/StandaloneMessage';

/** For failures outside the shell, such as a database that is away while the shell itself loads. */
export default function RootError({ reset }: { reset: () => void }) {
  const t = useMessages();
  return (
    <StandaloneMessage
      t={t}
      title={t.errors.page.title}
      text={t.errors.codes.unavailable}
      action={
        <Button variant="contained" onClick={reset}>
          {t.common.retry}
        </Button>
      }
    />
  );
}
