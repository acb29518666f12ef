'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useToast } from '@/components/feedback/ToastProvider';
import { FormDialog } from '@/components/forms/FormDialog';
import { useMessages } from '@/components/i18n/LocaleProvider';
import type { WebhookView } from '@/lib/schemas/webhooks';

interface RotateDialogProps {
  projectId: string;
  /** A person entered the secret at the host. */
  isManual: boolean;
  onClose: () => void;
}

export function RotateDialog({ projectId, isManual, onClose }: RotateDialogProps) {
  const words = useMessages().webhooks.rotate;
  const client = useQueryClient();
  const toast = useToast();
  const rotate = useMutation({
    mutationFn: () => callApi<WebhookView>(`/projects/${projectId}/webhook/rotate`, { method: 'POST' }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: queryKeys.webhook(projectId) });
      toast({ text: words.done });
      onClose();
    },
  });
  return (
    <FormDialog
      title={words.title}
      submit={words.confirm}
      isBusy={rotate.isPending}
      error={rotate.error}
      onSubmit={() => rotate.mutate()}
      onClose={onClose}
    >
      <p>{isManual ? words.body : words.bodyAutomatic}</p>
    </FormDialog>
  );
}
