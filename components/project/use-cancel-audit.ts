'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { callApi, problemOf } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useToast } from '@/components/feedback/ToastProvider';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { problemText } from '@/lib/i18n/problem-text';
import type { AuditDetail } from '@/lib/schemas/audits';

interface CancelAudit {
  auditId: string;
  projectId: string;
  number: number;
  /** Number of the audit whose result stays. */
  current: number | null;
}

/** Stops an audit at once; nothing but its own result is lost. */
export function useCancelAudit() {
  const t = useMessages();
  const toast = useToast();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ auditId }: CancelAudit) => callApi<AuditDetail>(`/audits/${auditId}/cancel`, { method: 'POST' }),
    onSuccess: (audit, { projectId, number, current }) => {
      if (audit.status === 'cancelled') toast({ text: t.project.run.cancelled(number, current) });
      client.setQueryData(queryKeys.audit(audit.auditId), audit);
      for (const queryKey of [queryKeys.overview(projectId), queryKeys.portfolio, queryKeys.audits]) {
        void client.invalidateQueries({ queryKey });
      }
    },
    onError: (error) => toast({ text: problemText(t, problemOf(error).code) }),
  });
}
