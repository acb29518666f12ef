'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useToast } from '@/components/feedback/ToastProvider';
import { Field } from '@/components/forms/Field';
import { FormDialog } from '@/components/forms/FormDialog';
import { SelectField } from '@/components/forms/SelectField';
import { useMessages } from '@/components/i18n/LocaleProvider';
import type { ConnectionView, GitHost } from '@/lib/schemas/connections';
import { HOST_NAMES } from './host-names';

const PUBLIC: readonly GitHost[] = ['github', 'gitlab', 'bitbucket_cloud', 'azure_devops'];
const WITH_USER: readonly GitHost[] = ['bitbucket_cloud', 'bitbucket_data_center'];
const TECHNICAL = { autoCapitalize: 'none', autoCorrect: 'off', spellCheck: 'false' };

export function ConnectDialog({ teamId, onClose }: { teamId: string; onClose: () => void }) {
  const t = useMessages();
  const texts = t.hosts.form;
  const client = useQueryClient();
  const toast = useToast();
  const [provider, setProvider] = useState<GitHost>('github');
  const [baseUrl, setBaseUrl] = useState('');
  const [token, setToken] = useState('');
  const [username, setUsername] = useState('');
  const [isChecked, setChecked] = useState(false);
  const needsAddress = !PUBLIC.includes(provider);
  const addressProblem = needsAddress && baseUrl.trim() === '' ? texts.baseUrlMissing : null;
  const tokenProblem = token.trim() === '' ? texts.tokenMissing : null;
  const make = useMutation({
    mutationFn: () =>
      callApi<ConnectionView>(`/teams/${teamId}/connections`, {
        method: 'POST',
        body: {
          provider,
          token: token.trim(),
          ...(baseUrl.trim() && { baseUrl: baseUrl.trim() }),
          ...(username.trim() && { username: username.trim() }),
        },
      }),
    onSuccess: async ({ name }) => {
      toast({ text: texts.done(name) });
      await client.invalidateQueries({ queryKey: queryKeys.connections(teamId) });
      onClose();
    },
  });
  return (
    <FormDialog
      title={texts.title}
      submit={texts.submit}
      isBusy={make.isPending}
      error={make.error}
      onSubmit={() => {
        setChecked(true);
        if (!addressProblem && !tokenProblem) make.mutate();
      }}
      onClose={onClose}
    >
      <SelectField
        label={texts.provider}
        value={provider}
        options={(Object.keys(HOST_NAMES) as GitHost[]).map((id) => ({ value: id, name: HOST_NAMES[id] }))}
        onChange={setProvider}
      />
      <Field
        label={texts.baseUrl}
        name="baseUrl"
        value={baseUrl}
        onChange={setBaseUrl}
        help={texts.baseUrlHelp}
        error={isChecked ? addressProblem : null}
        required={needsAddress}
        inputProps={{ ...TECHNICAL, inputMode: 'url' }}
      />
      {WITH_USER.includes(provider) && (
        <Field
          label={texts.username}
          name="username"
          value={username}
          onChange={setUsername}
          help={texts.usernameHelp}
          autoComplete="off"
          inputProps={TECHNICAL}
        />
      )}
      <Field
        label={texts.token}
        name="token"
        type="password"
        value={token}
        onChange={setToken}
        help={texts.scopes[provider]}
        error={isChecked ? tokenProblem : null}
        required
        autoComplete="off"
        inputProps={TECHNICAL}
      />
    </FormDialog>
  );
}
