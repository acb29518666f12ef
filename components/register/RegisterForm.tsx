'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useState } from 'react';
import { callApi, problemOf } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useToast } from '@/components/feedback/ToastProvider';
import { Field } from '@/components/forms/Field';
import { focusFirstError } from '@/components/forms/focus-first-error';
import { SelectField } from '@/components/forms/SelectField';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { Icon } from '@/components/marks/Icon';
import { RegisterOverSsh } from '@/components/ssh/RegisterOverSsh';
import type { ProjectCreated, ProjectRequest } from '@/lib/schemas/projects';
import type { SshKeyView } from '@/lib/schemas/ssh';
import { CheckList } from './CheckList';
import { isSshAddress, unknownHostOf } from './ssh-address';
import { submitStep } from './submit-step';
import { useCheck } from './use-check';

const TECHNICAL = { inputMode: 'url', autoCapitalize: 'none', autoCorrect: 'off', spellCheck: 'false' };

interface RegisterFormProps {
  teamId: string;
  initialUrl: string;
  /** Whether paths on the server may be registered. */
  allowsLocal: boolean;
  /** Of the team, to read private repositories with. */
  connections: readonly { connectionId: string; name: string }[];
  /** Whether the keys of a host over ssh may be confirmed. */
  canConfirmHosts: boolean;
}

/** One address; the checks under it fill in by themselves. A press before they are through registers when they pass. */
export function RegisterForm({ teamId, initialUrl, allowsLocal, connections, canConfirmHosts }: RegisterFormProps) {
  const t = useMessages();
  const router = useRouter();
  const client = useQueryClient();
  const toast = useToast();
  const [url, setUrl] = useState(initialUrl);
  const [branch, setBranch] = useState('');
  const [name, setName] = useState('');
  const [connectionId, setConnectionId] = useState('');
  const [sshKey, setSshKey] = useState<SshKeyView | null>(null);
  const [hasMore, setMore] = useState(false);
  const [isMissing, setMissing] = useState(false);
  const [isWanted, setWanted] = useState(false);
  const isSsh = isSshAddress(url);
  const sshKeyId = isSsh ? (sshKey?.sshKeyId ?? null) : null;
  const input = { teamId, repositoryUrl: url.trim(), branch: branch.trim(), connectionId, sshKeyId };
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

  const registerNow = () =>
    register.mutate({
      repositoryUrl: input.repositoryUrl,
      teamId,
      ...(input.branch && { branch: input.branch }),
      ...(sshKeyId && { sshKeyId }),
      ...(name.trim() && { projectName: name.trim() }),
      ...(connectionId && { connectionId }),
    });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const step = submitStep(input.repositoryUrl, result);
    if (step === 'register') registerNow();
    else if (step === 'open') router.push(`/projects/${known?.projectId}`);
    else if (step === 'missing') {
      setMissing(true);
      focusFirstError();
    } else {
      setWanted(step === 'wait');
      if (!check.isChecking) void check.refetch();
    }
  };

  const isAnswered = !check.isChecking && (result !== null || check.isError);
  const canRegister = result?.canRegister === true;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the answer of the server settles what was wanted
  useEffect(() => {
    if (!isWanted || !isAnswered) return;
    setWanted(false);
    if (canRegister) registerNow();
  }, [isWanted, isAnswered, canRegister]);

  /** A press was about the address as it stood then. */
  const edit = (set: (text: string) => void) => (text: string) => {
    set(text);
    setWanted(false);
    setMissing(false);
  };

  return (
    <Box component="form" method="post" onSubmit={submit} noValidate sx={{ display: 'grid', gap: 4, minWidth: 0 }}>
      <Panel>
        <Box sx={{ display: 'grid', gap: 4 }}>
          <Field
            label={t.register.url}
            name="repositoryUrl"
            value={url}
            onChange={edit(setUrl)}
            error={isMissing ? t.register.urlMissing : null}
            help={allowsLocal ? t.register.urlHelpLocal : t.register.urlHelp}
            autoFocus
            required
            inputProps={TECHNICAL}
          />
          {connections.length > 0 && (
            <SelectField
              label={t.register.connection}
              value={connectionId}
              options={[
                { value: '', name: t.register.connectionAny },
                ...connections.map((one) => ({ value: one.connectionId, name: one.name })),
              ]}
              help={t.register.connectionHelp}
              onChange={edit(setConnectionId)}
            />
          )}
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
                onChange={edit(setBranch)}
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
      {isSsh && (
        <RegisterOverSsh
          teamId={teamId}
          canConfirm={canConfirmHosts}
          sshKey={sshKey}
          unknownHost={unknownHostOf(result)}
          isChecking={check.isChecking}
          onKey={setSshKey}
          onCheck={() => void check.refetch()}
        />
      )}
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
          aria-describedby={canRegister ? undefined : 'cannot-yet'}
        >
          {isBusy
            ? t.register.submitting
            : isWanted
              ? t.register.checking
              : known
                ? t.register.openExisting(known.projectName)
                : result && !result.canRegister
                  ? t.register.checkAgain
                  : t.register.submit}
        </Button>
        {!canRegister && (
          <Box component="span" id="cannot-yet" role="status" sx={{ typography: 'body2', color: 'elder.text3' }}>
            {isWanted ? t.register.registersNext : known ? t.register.alreadyThere : t.register.cannotYet}
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
