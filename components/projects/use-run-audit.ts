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

/** Whether an audit was refused for a branch that somebody named; told at its field. */
export function isNoSuchBranch(error: unknown, request: RunAudit['request']): boolean {
  return request?.branch !== undefined && problemOf(error).code === 'repository_no_such_branch';
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
    onError: (error, { request }) => {
      if (!isNoSuchBranch(error, request)) toast({ text: problemText(t, problemOf(error).code) });
    },
  });
}
