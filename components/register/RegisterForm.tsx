'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { callApi, problemOf } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useToast } from '@/components/feedback/ToastProvider';
import { Field } from '@/components/forms/Field';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { Icon } from '@/components/marks/Icon';
import type { ProjectCreated, ProjectRequest } from '@/lib/schemas/projects';
import { CheckList } from './CheckList';
import { useCheck } from './use-check';

const TECHNICAL = { inputMode: 'url', autoCapitalize: 'none', autoCorrect: 'off', spellCheck: 'false' };

interface RegisterFormProps {
  teamId: string;
  initialUrl: string;
  /** Whether paths on the server may be registered. */
  allowsLocal: boolean;
}

/** One address; the checks under it fill in by themselves. */
export function RegisterForm({ teamId, initialUrl, allowsLocal }: RegisterFormProps) {
  const t = useMessages();
  const router = useRouter();
  const client = useQueryClient();
  const toast = useToast();
  const [url, setUrl] = useState(initialUrl);
  const [branch, setBranch] = useState('');
  const [name, setName] = useState('');
  const [hasMore, setMore] = useState(false);
  const input = { teamId, repositoryUrl: url.trim(), branch: branch.trim() };
  const check = useCheck(input);
  const result = check.isCurrent && !check.isChecking ? (check.data ?? null) : null;
  const known = result?.duplicateOf ?? null;

  const register = useMutation({
    mutationFn: (request: ProjectRequest) => callApi<ProjectCreated>('/projects', { method: 'POST', body: request }),
    onSuccess: ({ projectId }, { projectName }) => {
      void client.invalidateQueries({ queryKey: queryKeys.portfolio });
      toast({ text: t.register.registered(projectName ?? result?.suggestedName ?? input.repositoryUrl) });
      router.push(`/projects/${projectId}`);
    },
    // Somebody may have registered it since the check: its line then says so.
    onError: (error) => problemOf(error).code === 'conflict' && void check.refetch(),
  });
  const isBusy = register.isPending || register.isSuccess;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (known) {
      router.push(`/projects/${known.projectId}`);
      return;
    }
    if (!result?.canRegister) {
      void check.refetch();
      return;
    }
    register.mutate({
      repositoryUrl: input.repositoryUrl,
      teamId,
      ...(input.branch && { branch: input.branch }),
      ...(name.trim() && { projectName: name.trim() }),
    });
  };

  return (
    <Box component="form" method="post" onSubmit={submit} noValidate sx={{ display: 'grid', gap: 4, minWidth: 0 }}>
      <Panel>
        <Box sx={{ display: 'grid', gap: 4 }}>
          <Field
            label={t.register.url}
            name="repositoryUrl"
            value={url}
            onChange={setUrl}
            help={allowsLocal ? t.register.urlHelpLocal : t.register.urlHelp}
            autoFocus
            required
            inputProps={TECHNICAL}
          />
          {hasMore ? (
            <Box sx={{ display: 'grid', gridTemplateColumns: { sm: '1fr 1fr' }, gap: 4 }}>
              <Field
                label={t.register.name}
                name="projectName"
                value={name}
                onChange={setName}
                placeholder={result?.suggestedName ?? ''}
                help={t.register.nameHelp}
              />
              <Field
                label={t.register.branch}
                name="branch"
                value={branch}
                onChange={setBranch}
                placeholder={result?.initialAnalysis?.defaultBranch ?? ''}
                help={t.register.branchHelp}
                inputProps={TECHNICAL}
              />
            </Box>
          ) : (
            <Box>
              <Button
                size="small"
                onClick={() => setMore(true)}
                startIcon={<Icon name="plus" size={13} />}
                sx={{ ml: '-9px' }}
              >
                {t.register.more}
              </Button>
            </Box>
          )}
        </Box>
      </Panel>
      <Panel title={t.register.checks.title} headingId="checks" isFlush>
        <CheckList check={result} isChecking={check.isChecking} />
      </Panel>
      {check.isError && !check.isChecking && <ErrorNote error={check.error} onRetry={() => void check.refetch()} />}
      {register.isError && problemOf(register.error).code !== 'conflict' && <ErrorNote error={register.error} />}
      <Box sx={ACTIONS}>
        <Button
          type="submit"
          variant="contained"
          loading={isBusy}
          loadingPosition="start"
          aria-describedby={result?.canRegister ? undefined : 'cannot-yet'}
        >
          {isBusy
            ? t.register.submitting
            : known
              ? t.register.openExisting(known.projectName)
              : result && !result.canRegister
                ? t.register.checkAgain
                : t.register.submit}
        </Button>
        {!result?.canRegister && (
          <Box component="span" id="cannot-yet" sx={{ typography: 'body2', color: 'elder.text3' }}>
            {known ? t.register.alreadyThere : t.register.cannotYet}
          </Box>
        )}
      </Box>
    </Box>
  );
}

/** On phones the button stays at the lower edge, above the bottom bar. */
const ACTIONS = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 3,
  position: { xs: 'sticky', md: 'static' },
  bottom: 60,
  py: { xs: 3, md: 0 },
  mx: { xs: -4, md: 0 },
  px: { xs: 4, md: 0 },
  bgcolor: { xs: 'background.default', md: 'transparent' },
  borderTop: { xs: '1px solid', md: 0 },
  borderColor: { xs: 'divider' },
  '& button': { flex: { xs: '1 0 100%', sm: '0 0 auto' } },
} as const;
