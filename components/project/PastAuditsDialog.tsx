'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useToast } from '@/components/feedback/ToastProvider';
import { FormDialog } from '@/components/forms/FormDialog';
import { SelectField } from '@/components/forms/SelectField';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import type { PastAuditsResponse } from '@/lib/schemas/audits';

const WEEKS = ['4', '13', '26', '52'] as const;

/** Asks for audits of the branch as it was, one a week. */
export function PastAuditsDialog({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  const t = useMessages();
  const words = t.project.trend.past;
  const format = useFormat();
  const client = useQueryClient();
  const toast = useToast();
  const [weeks, setWeeks] = useState<(typeof WEEKS)[number]>('13');
  const ask = useMutation({
    mutationFn: () =>
      callApi<PastAuditsResponse>(`/projects/${projectId}/past-audits`, {
        method: 'POST',
        body: { weeks: Number(weeks) },
      }),
    onSuccess: async ({ queued }) => {
      toast({ text: queued > 0 ? words.queued(format.number(queued)) : words.none });
      await client.invalidateQueries({ queryKey: queryKeys.overview(projectId) });
      onClose();
    },
  });
  return (
    <FormDialog
      title={words.title}
      submit={words.submit}
      isBusy={ask.isPending}
      error={ask.error}
      onSubmit={() => ask.mutate()}
      onClose={onClose}
    >
      <p>{words.lead}</p>
      <SelectField
        label={words.weeks}
        value={weeks}
        options={WEEKS.map((value) => ({ value, name: words.weekCount(format.number(Number(value))) }))}
        help={words.help}
        onChange={setWeeks}
      />
    </FormDialog>
  );
}
