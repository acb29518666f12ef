'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { callApi, problemOf } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useToast } from '@/components/feedback/ToastProvider';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { problemText } from '@/lib/i18n/problem-text';
import type { AuditTriggerResponse, ManualAuditRequest } from '@/lib/schemas/audits';

interface RunAudit {
  projectId: string;
  projectName: string;
  request?: Partial<ManualAuditRequest>;
}

/** Queues an audit and says so; a second click while it is sent makes no second audit. */
export function useRunAudit() {
  const t = useMessages();
  const toast = useToast();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ projectId, request = {} }: RunAudit) =>
      callApi<AuditTriggerResponse>(`/projects/${projectId}/audit/trigger`, {
        method: 'POST',
        body: request,
        headers: { 'idempotency-key': crypto.randomUUID() },
      }),
    onSuccess: (_, { projectId, projectName }) => {
      toast({ text: t.projects.queued(projectName) });
      void client.invalidateQueries({ queryKey: queryKeys.portfolio });
      void client.invalidateQueries({ queryKey: queryKeys.overview(projectId) });
      void client.invalidateQueries({ queryKey: queryKeys.audits });
    },
    onError: (error) => toast({ text: problemText(t, problemOf(error).code) }),
  });
}
