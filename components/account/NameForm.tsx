'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { callApi } from '@/components/api/client';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useToast } from '@/components/feedback/ToastProvider';
import { Field } from '@/components/forms/Field';
import { useLeaveGuard } from '@/components/forms/use-leave-guard';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { nameProblem } from '@/components/team/name-problem';
import type { MeView } from '@/lib/schemas/users';

export function NameForm({ name: saved }: { name: string }) {
  const t = useMessages();
  const texts = t.access.account;
  const router = useRouter();
  const toast = useToast();
  const [name, setName] = useState(saved);
  const [isChecked, setChecked] = useState(false);
  const problem = nameProblem(t, name, t.auth.invalid.name);
  const isChanged = name.trim() !== saved;
  useLeaveGuard(isChanged);
  const save = useMutation({
    mutationFn: () => callApi<MeView>('/me', { method: 'PATCH', body: { name: name.trim() } }),
    onSuccess: (me) => {
      setName(me.name);
      toast({ text: texts.nameSaved });
      router.refresh();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!problem && isChanged) save.mutate();
  };
  return (
    <Box component="form" onSubmit={submit} noValidate sx={{ display: 'grid', gap: 4, maxWidth: 400 }}>
      {save.isError && <ErrorNote error={save.error} />}
      <Field
        label={texts.name}
        name="name"
        value={name}
        onChange={setName}
        error={isChecked ? problem : null}
        check={(value) => nameProblem(t, value, t.auth.invalid.name)}
        autoComplete="name"
        required
      />
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 3 }}>
        <Button type="submit" variant="contained" loading={save.isPending}>
          {texts.saveName}
        </Button>
        {isChanged && (
          <Box component="span" sx={{ typography: 'body2', color: 'text.secondary' }}>
            {texts.unsaved}
          </Box>
        )}
      </Box>
    </Box>
  );
}
