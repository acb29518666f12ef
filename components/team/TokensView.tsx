'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { PageHeader } from '@/components/layout/PageHeader';
import { Panel } from '@/components/layout/Panel';
import type { TeamRole } from '@/lib/schemas/teams';
import type { TokenList } from '@/lib/schemas/tokens';
import { TokenDialog } from './TokenDialog';
import { TokenRow } from './TokenRow';

/** Every token that works for this team, or did until it expired. */
export function TokensView({ team }: { team: { id: string; role: TeamRole } }) {
  const t = useMessages();
  const [isMaking, setMaking] = useState(false);
  const query = useQuery({
    queryKey: queryKeys.tokens(team.id),
    queryFn: ({ signal }) => callApi<TokenList>(`/teams/${team.id}/tokens`, { signal }),
  });
  const tokens = query.data?.items ?? [];
  return (
    <>
      <PageHeader
        title={t.access.tokens.title}
        lead={t.access.tokens.lead}
        action={
          <Button variant="contained" onClick={() => setMaking(true)}>
            {t.access.tokens.button}
          </Button>
        }
      />
      <Box sx={{ display: 'grid', gap: 4, maxWidth: 960 }}>
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        <Panel isFlush>
          {query.data && tokens.length === 0 && <EmptyState title={t.access.tokens.none} />}
          {tokens.length > 0 && (
            <Box component="ul" aria-label={t.access.tokens.list}>
              {tokens.map((token) => (
                <TokenRow key={token.tokenId} teamId={team.id} token={token} />
              ))}
            </Box>
          )}
        </Panel>
      </Box>
      {isMaking && <TokenDialog team={team} onClose={() => setMaking(false)} />}
    </>
  );
}
