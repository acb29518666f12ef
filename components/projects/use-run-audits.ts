'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { callApi, problemOf } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useToast } from '@/components/feedback/ToastProvider';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { problemText } from '@/lib/i18n/problem-text';
import type { AuditTriggerResponse } from '@/lib/schemas/audits';

/** Queues an audit of each project; those refused are counted, with the first reason. */
export function useRunAudits(onEnd: () => void) {
  const t = useMessages();
  const toast = useToast();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (projectIds: readonly string[]) =>
      Promise.allSettled(
        projectIds.map((projectId) =>
          callApi<AuditTriggerResponse>(`/projects/${projectId}/audit/trigger`, {
            method: 'POST',
            body: {},
            headers: { 'idempotency-key': crypto.randomUUID() },
          }),
        ),
      ),
    onSuccess: (outcomes) => {
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      const queued = outcomes.length - refused.length;
      const [first] = refused;
      const words = [
        queued > 0 && t.projects.bulk.queued(queued),
        first && t.projects.bulk.refused(refused.length, problemText(t, problemOf(first.reason).code)),
      ];
      toast({ text: words.filter(Boolean).join(' ') });
      void client.invalidateQueries({ queryKey: queryKeys.portfolio });
      void client.invalidateQueries({ queryKey: queryKeys.audits });
      onEnd();
    },
  });
}
