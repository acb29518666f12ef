'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { Field } from '@/components/forms/Field';
import { FormDialog } from '@/components/forms/FormDialog';
import { SelectField } from '@/components/forms/SelectField';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { ShownOnce } from '@/components/layout/ShownOnce';
import type { MemberList, TeamRole } from '@/lib/schemas/teams';
import type { TokenCreated, TokenScope } from '@/lib/schemas/tokens';
import { nameProblem } from './name-problem';
import { isAtLeast } from './roles';
import { ScopeField } from './ScopeField';

const DAYS = ['7', '30', '90', '180', '366'] as const;
const SELF = 'self';

interface TokenDialogProps {
  team: { id: string; role: TeamRole };
  onClose: () => void;
}

export function TokenDialog({ team, onClose }: TokenDialogProps) {
  const t = useMessages();
  const texts = t.access.tokens;
  const format = useFormat();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [holder, setHolder] = useState<string>(SELF);
  const [scopes, setScopes] = useState<readonly TokenScope[]>(['read']);
  const [days, setDays] = useState<(typeof DAYS)[number]>('90');
  const [isChecked, setChecked] = useState(false);
  const members = useQuery({
    queryKey: queryKeys.members(team.id),
    queryFn: ({ signal }) => callApi<MemberList>(`/teams/${team.id}/members`, { signal }),
  }).data?.items;
  const you = members?.find(({ isYou }) => isYou);
  const services = members?.filter(({ kind, role }) => kind === 'service' && isAtLeast(team.role, role)) ?? [];
  const role = services.find(({ userId }) => userId === holder)?.role ?? team.role;
  const problem = nameProblem(t, name, texts.nameMissing);
  const make = useMutation({
    mutationFn: () =>
      callApi<TokenCreated>(`/teams/${team.id}/tokens`, {
        method: 'POST',
        body: {
          name: name.trim(),
          scopes,
          expiresInDays: Number(days),
          ...(holder !== SELF && { serviceAccountId: holder }),
        },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.tokens(team.id) }),
  });
  if (make.data) {
    return (
      <FormDialog title={texts.made(make.data.name)} onClose={onClose}>
        <ShownOnce label={texts.value} value={make.data.value} help={texts.madeHelp} />
      </FormDialog>
    );
  }
  return (
    <FormDialog
      title={texts.newTitle}
      submit={texts.submit}
      isBusy={make.isPending}
      error={make.error}
      onSubmit={() => {
        setChecked(true);
        if (!problem && scopes.length > 0) make.mutate();
      }}
      onClose={onClose}
    >
      <Field
        label={texts.name}
        name="name"
        value={name}
        onChange={setName}
        error={isChecked ? problem : null}
        check={(value) => nameProblem(t, value, texts.nameMissing)}
        required
        autoFocus
        autoComplete="off"
      />
      <SelectField
        label={texts.holder}
        value={holder}
        options={[
          { value: SELF, name: texts.holderYou(you?.name ?? '') },
          ...services.map((service) => ({ value: service.userId, name: service.name })),
        ]}
        onChange={(next) => {
          setHolder(next);
          setScopes(['read']);
        }}
      />
      <ScopeField role={role} value={scopes} isChecked={isChecked} onChange={setScopes} />
      <SelectField
        label={texts.expires}
        value={days}
        options={DAYS.map((value) => ({ value, name: texts.days(format.number(Number(value))) }))}
        onChange={setDays}
      />
    </FormDialog>
  );
}
