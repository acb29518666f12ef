'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useToast } from '@/components/feedback/ToastProvider';
import { FormDialog } from '@/components/forms/FormDialog';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import type { DeployKey } from '@/lib/schemas/ssh';
import { HostKeys } from './HostKeys';
import { KeyToPaste } from './KeyToPaste';

type Change = 'POST' | 'DELETE';

/** With which key a project is read over ssh, and by which keys its host is known. Nothing for other projects. */
export function AccessPanel({ project, teamId }: { project: { id: string }; teamId: string }) {
  const t = useMessages();
  const toast = useToast();
  const [asked, setAsked] = useState<Change | null>(null);
  const path = `/projects/${project.id}/deploy-key`;
  const query = useQuery({
    queryKey: queryKeys.deployKey(project.id),
    queryFn: ({ signal }) => callApi<DeployKey>(path, { signal }),
  });
  const change = useMutation({
    mutationFn: (method: Change) => callApi<unknown>(path, { method }),
    onSuccess: async (_, method) => {
      setAsked(null);
      toast({ text: method === 'POST' ? t.ssh.replaced : t.ssh.deleted });
      await query.refetch();
    },
  });
  const { key = null, host = null } = query.data ?? {};
  if (!host) return query.isError ? <ErrorNote error={query.error} onRetry={() => void query.refetch()} /> : null;
  return (
    <Panel title={t.ssh.title} headingId="access">
      <Box sx={{ display: 'grid', gap: 5, minWidth: 0 }}>
        <Box sx={{ display: 'grid', gap: 3, minWidth: 0 }}>
          {key ? <KeyToPaste sshKey={key} /> : <p>{t.ssh.none}</p>}
          {change.isError && asked === null && <ErrorNote error={change.error} />}
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2 }}>
            <Button
              variant="outlined"
              onClick={() => (key ? setAsked('POST') : change.mutate('POST'))}
              loading={change.isPending && asked === null}
            >
              {key ? t.ssh.replace : t.ssh.make}
            </Button>
            {key && (
              <Button variant="outlined" color="error" onClick={() => setAsked('DELETE')}>
                {t.ssh.delete}
              </Button>
            )}
          </Box>
        </Box>
        <HostKeys teamId={teamId} host={host} canConfirm onChange={() => void query.refetch()} />
      </Box>
      {asked && (
        <FormDialog
          title={asked === 'POST' ? t.ssh.replaceTitle : t.ssh.deleteTitle}
          submit={asked === 'POST' ? t.ssh.replace : t.ssh.delete}
          isDestructive
          isBusy={change.isPending}
          error={change.error}
          onSubmit={() => change.mutate(asked)}
          onClose={() => setAsked(null)}
        >
          <p>{asked === 'POST' ? t.ssh.replaceText : t.ssh.deleteText}</p>
        </FormDialog>
      )}
    </Panel>
  );
}
