'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useToast } from '@/components/feedback/ToastProvider';
import { FormDialog } from '@/components/forms/FormDialog';
import { useMessages } from '@/components/i18n/LocaleProvider';
import type { MemberView } from '@/lib/schemas/teams';

interface RemoveMemberDialogProps {
  team: { id: string; name: string };
  member: MemberView;
  onClose: () => void;
}

/** Removes a member, or lets who looks at it leave. */
export function RemoveMemberDialog({ team, member, onClose }: RemoveMemberDialogProps) {
  const texts = useMessages().access.members;
  const router = useRouter();
  const client = useQueryClient();
  const toast = useToast();
  const { isYou, name, userId } = member;
  const remove = useMutation({
    mutationFn: () => callApi<void>(`/teams/${team.id}/members/${userId}`, { method: 'DELETE' }),
    onSuccess: async () => {
      toast({ text: isYou ? texts.left(team.name) : texts.removed(name) });
      if (isYou) {
        client.clear();
        router.push('/projects');
        router.refresh();
        return;
      }
      await client.invalidateQueries({ queryKey: queryKeys.members(team.id) });
      onClose();
    },
  });
  return (
    <FormDialog
      title={isYou ? texts.leaveTitle(team.name) : texts.removeTitle(name)}
      submit={isYou ? texts.leave : texts.remove}
      isDestructive
      isBusy={remove.isPending}
      error={remove.error}
      onSubmit={() => remove.mutate()}
      onClose={onClose}
    >
      <p>{isYou ? texts.leaveLoses : texts.removeLoses}</p>
    </FormDialog>
  );
}
