'use client';

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
import { isSeen } from '@/lib/magics/hidden-text';
import { LONGEST_PROJECT_NAME, type ProjectListItem, type ProjectOverview } from '@/lib/schemas/projects';

interface RenameProjectDialogProps {
  overview: Pick<ProjectOverview, 'projectId' | 'projectName'>;
  onClose: () => void;
}

export function RenameProjectDialog({ overview: { projectId, projectName }, onClose }: RenameProjectDialogProps) {
  const t = useMessages();
  const id = useId();
  const router = useRouter();
  const client = useQueryClient();
  const toast = useToast();
  const [name, setName] = useState(projectName);
  const [isChecked, setChecked] = useState(false);
  const wanted = name.trim();
  const problemOf = (text: string) => {
    const { length } = text.trim();
    if (length === 0) return t.project.manage.nameMissing;
    if (length > LONGEST_PROJECT_NAME) return t.project.manage.nameTooLong(LONGEST_PROJECT_NAME);
    return isSeen(text) ? null : t.auth.invalid.hidden;
  };
  const problem = problemOf(name);
  const rename = useMutation({
    mutationFn: () =>
      callApi<ProjectListItem>(`/projects/${projectId}`, { method: 'PATCH', body: { projectName: wanted } }),
    onSuccess: () => {
      for (const queryKey of [queryKeys.overview(projectId), queryKeys.portfolio, queryKeys.audits]) {
        void client.invalidateQueries({ queryKey });
      }
      router.refresh();
      toast({ text: t.project.manage.renamed(wanted) });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (problem) return;
    if (wanted === projectName) onClose();
    else rename.mutate();
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={`${id}-title`}>
      <form onSubmit={submit} noValidate>
        <DialogTitle id={`${id}-title`}>{t.project.manage.renameTitle}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 4 }}>
          {rename.isError && <ErrorNote error={rename.error} />}
          <Field
            label={t.project.manage.name}
            name="projectName"
            value={name}
            onChange={setName}
            error={isChecked ? problem : null}
            check={problemOf}
            required
            autoFocus
            autoComplete="off"
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button type="submit" variant="contained" loading={rename.isPending}>
            {t.project.manage.save}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
