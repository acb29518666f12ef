'use client';

import { useMutation } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { FormDialog } from '@/components/forms/FormDialog';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { ShownOnce } from '@/components/layout/ShownOnce';
import type { MemberView } from '@/lib/schemas/teams';
import type { PasswordResetCreated } from '@/lib/schemas/users';

interface PasswordLinkDialogProps {
  teamId: string;
  member: MemberView;
  onClose: () => void;
}

/** Makes the link when it is asked for: the one before ends with it. */
export function PasswordLinkDialog({ teamId, member, onClose }: PasswordLinkDialogProps) {
  const texts = useMessages().access.members;
  const make = useMutation({
    mutationFn: () =>
      callApi<PasswordResetCreated>(`/teams/${teamId}/members/${member.userId}/password-reset`, { method: 'POST' }),
  });
  const title = texts.resetTitle(member.name);
  if (make.data) {
    return (
      <FormDialog title={title} onClose={onClose}>
        <ShownOnce label={title} value={make.data.link} help={texts.resetLead} />
      </FormDialog>
    );
  }
  return (
    <FormDialog
      title={title}
      submit={texts.resetLink}
      isBusy={make.isPending}
      error={make.error}
      onSubmit={() => make.mutate()}
      onClose={onClose}
    >
      <p>{texts.resetLead}</p>
    </FormDialog>
  );
}
