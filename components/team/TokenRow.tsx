'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useToast } from '@/components/feedback/ToastProvider';
import { FormDialog } from '@/components/forms/FormDialog';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Mono } from '@/components/layout/Mono';
import type { TokenView } from '@/lib/schemas/tokens';
import { ROW } from './row-style';

export function TokenRow({ teamId, token }: { teamId: string; token: TokenView }) {
  const t = useMessages();
  const texts = t.access.tokens;
  const format = useFormat();
  const [isAsking, setAsking] = useState(false);
  const { name, start, scopes, holder, expiresAt, isExpired, lastUsedAt } = token;
  const end = isExpired ? texts.expired : expiresAt ? texts.until(format.date(expiresAt)) : texts.forEver;
  const facts = [
    holder.name,
    scopes.map((scope) => texts.scopeNames[scope]).join(t.common.comma),
    end,
    lastUsedAt ? texts.used(format.ago(lastUsedAt)) : texts.unused,
  ];
  return (
    <Box component="li" sx={ROW}>
      <Box sx={{ flex: '1 1 240px', minWidth: 0 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: 2 }}>
          <Box component="span" sx={{ fontWeight: 500, overflowWrap: 'anywhere' }}>
            {name}
          </Box>
          {start && (
            <Box component="span" sx={{ color: 'text.secondary' }}>
              <Mono>{start}…</Mono>
            </Box>
          )}
        </Box>
        <Box sx={{ typography: 'body2', color: 'elder.text3', overflowWrap: 'anywhere' }}>{facts.join(' · ')}</Box>
      </Box>
      <Button size="small" variant="outlined" aria-label={texts.revokeOf(name)} onClick={() => setAsking(true)}>
        {texts.revoke}
      </Button>
      {isAsking && <RevokeDialog teamId={teamId} token={token} onClose={() => setAsking(false)} />}
    </Box>
  );
}

function RevokeDialog({ teamId, token, onClose }: { teamId: string; token: TokenView; onClose: () => void }) {
  const texts = useMessages().access.tokens;
  const client = useQueryClient();
  const toast = useToast();
  const revoke = useMutation({
    mutationFn: () => callApi<void>(`/teams/${teamId}/tokens/${token.tokenId}`, { method: 'DELETE' }),
    onSuccess: async () => {
      toast({ text: texts.revoked(token.name) });
      await client.invalidateQueries({ queryKey: queryKeys.tokens(teamId) });
      onClose();
    },
  });
  return (
    <FormDialog
      title={texts.revokeTitle(token.name)}
      submit={texts.revoke}
      isDestructive
      isBusy={revoke.isPending}
      error={revoke.error}
      onSubmit={() => revoke.mutate()}
      onClose={onClose}
    >
      <p>{texts.revokeLoses}</p>
    </FormDialog>
  );
}
