'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useToast } from '@/components/feedback/ToastProvider';
import { FormDialog } from '@/components/forms/FormDialog';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import type { ConnectionView } from '@/lib/schemas/connections';

interface ForgetDialogProps {
  teamId: string;
  connection: ConnectionView;
  onClose: () => void;
}

/** Says what depends on the connection before it goes. */
export function ForgetDialog({ teamId, connection, onClose }: ForgetDialogProps) {
  const texts = useMessages().hosts;
  const format = useFormat();
  const client = useQueryClient();
  const toast = useToast();
  const { connectionId, name, projects } = connection;
  const forget = useMutation({
    mutationFn: () => callApi<void>(`/teams/${teamId}/connections/${connectionId}`, { method: 'DELETE' }),
    onSuccess: async () => {
      toast({ text: texts.forgotten(name) });
      await client.invalidateQueries({ queryKey: queryKeys.connections(teamId) });
      onClose();
    },
  });
  return (
    <FormDialog
      title={texts.forgetTitle(name)}
      submit={texts.forget}
      isDestructive
      isBusy={forget.isPending}
      error={forget.error}
      onSubmit={() => forget.mutate()}
      onClose={onClose}
    >
      <p>{texts.forgetLoses(format.number(projects))}</p>
    </FormDialog>
  );
}
