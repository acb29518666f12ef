'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useId, useState } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useToast } from '@/components/feedback/ToastProvider';
import { Field } from '@/components/forms/Field';
import { useMessages } from '@/components/i18n/LocaleProvider';
import type { ProjectOverview } from '@/lib/schemas/projects';

interface DeleteProjectDialogProps {
  overview: Pick<ProjectOverview, 'projectId' | 'projectName' | 'auditCount'>;
  onClose: () => void;
}

/** Says what is lost and asks for the name: there is no way back. */
export function DeleteProjectDialog({ overview, onClose }: DeleteProjectDialogProps) {
  const { projectId, projectName, auditCount } = overview;
  const t = useMessages();
  const id = useId();
  const router = useRouter();
  const client = useQueryClient();
  const toast = useToast();
  const [typed, setTyped] = useState('');
  const [isChecked, setChecked] = useState(false);
  const isConfirmed = typed.trim() === projectName;
  const remove = useMutation({
    mutationFn: () => callApi<void>(`/projects/${projectId}`, { method: 'DELETE' }),
    onSuccess: () => {
      router.push('/projects');
      toast({ text: t.project.manage.deleted(projectName) });
      for (const queryKey of [queryKeys.portfolio, queryKeys.audits]) void client.invalidateQueries({ queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (isConfirmed) remove.mutate();
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={`${id}-title`}>
      <form onSubmit={submit} noValidate>
        <DialogTitle id={`${id}-title`}>{t.project.manage.deleteTitle}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 4 }}>
          {remove.isError && <ErrorNote error={remove.error} />}
          <Box>
            <p>{t.project.manage.deleteLoses(auditCount)}</p>
            <p>{t.project.manage.deleteKeeps}</p>
          </Box>
          <Field
            label={t.project.manage.deleteConfirm(projectName)}
            name="confirmation"
            value={typed}
            onChange={setTyped}
            error={isChecked && !isConfirmed ? t.project.manage.deleteMismatch(projectName) : null}
            check={(text) => (text.trim() === projectName ? null : t.project.manage.deleteMismatch(projectName))}
            required
            autoFocus
            autoComplete="off"
            inputProps={{ autoCapitalize: 'none', spellCheck: 'false' }}
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button type="submit" variant="contained" color="error" loading={remove.isPending || remove.isSuccess}>
            {t.project.manage.deleteButton}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
