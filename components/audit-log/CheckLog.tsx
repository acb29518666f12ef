'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { Note } from '@/components/feedback/Note';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { CopyButton } from '@/components/layout/CopyButton';
import { Mono } from '@/components/layout/Mono';
import type { AuditLogCheck } from '@/lib/schemas/audit-log';

/** Computes the chain of hashes anew and says whether the log is as it was written. */
export function CheckLog({ teamId }: { teamId: string }) {
  const t = useMessages();
  const format = useFormat();
  const check = useMutation({ mutationFn: () => callApi<AuditLogCheck>(`/teams/${teamId}/audit-log/check`) });
  const { data } = check;
  return (
    <Box sx={{ display: 'grid', gap: 2, justifyItems: { sm: 'end' }, maxWidth: 560 }}>
      <Button variant="outlined" loading={check.isPending} onClick={() => check.mutate()}>
        {t.auditLog.check}
      </Button>
      <Box role="status">
        {check.isError && <ErrorNote error={check.error} onRetry={() => check.mutate()} />}
        {data?.broken && (
          <Note status="failed">{t.auditLog.broken[data.broken.reason](format.number(data.broken.sequence))}</Note>
        )}
        {data?.isIntact && (
          <Note status="passed" action={data.head && <CopyButton value={data.head} label={t.auditLog.head} />}>
            {t.auditLog.intact(format.number(data.entries))}{' '}
            {data.signed
              ? t.auditLog.signedHead(format.number(data.signed.sequence), format.dateTime(data.signed.at))
              : t.auditLog.unsigned}
            {data.head && (
              <>
                {' '}
                {t.auditLog.head}: <Mono title={data.head}>{data.head.slice(0, 12)}</Mono>
              </>
            )}
          </Note>
        )}
      </Box>
    </Box>
  );
}
