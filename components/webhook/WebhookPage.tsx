'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import { callApi, queryString } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { Note } from '@/components/feedback/Note';
import { SelectField } from '@/components/forms/SelectField';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { CopyableCode } from '@/components/layout/CopyableCode';
import { Mono } from '@/components/layout/Mono';
import { PageHeader } from '@/components/layout/PageHeader';
import { Panel } from '@/components/layout/Panel';
import { useAuditUpdates } from '@/components/live/use-audit-updates';
import { AppLink } from '@/components/theme/AppLink';
import { textOf } from '@/lib/i18n/text-of';
import type { WebhookHost, WebhookView } from '@/lib/schemas/webhooks';
import { HOST_FORMS } from './host-forms';
import { RotateDialog } from './RotateDialog';
import { SecretField } from './SecretField';

const HOSTS = ['github', 'gitlab', 'bitbucket-cloud', 'bitbucket-data-center', 'azure-devops', 'gitea'] as const;
/** While nothing came the page also asks by itself: an event may be missed. */
const REREAD_MS = 10_000;

/** How the Git host tells of pushes: whether it does, and what to enter at the host. */
export function WebhookPage({ projectId }: { projectId: string }) {
  const t = useMessages();
  const words = t.webhooks;
  const format = useFormat();
  const id = useId();
  const [host, setHost] = useState<WebhookHost | null>(null);
  const [isRotating, setRotating] = useState(false);
  useAuditUpdates({ projectId });
  const query = useQuery({
    queryKey: queryKeys.webhookOf(projectId, host),
    queryFn: ({ signal }) => callApi<WebhookView>(`/projects/${projectId}/webhook${queryString({ host })}`, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.state === 'waiting' ? REREAD_MS : false),
  });
  const view = query.data;
  if (!view) return query.isError ? <ErrorNote error={query.error} onRetry={() => void query.refetch()} /> : null;
  const isManual = view.setUp === 'manual';
  const hint = (words.hints as Partial<Record<WebhookView['host'], string>>)[view.host];
  return (
    <>
      <PageHeader
        title={words.title}
        lead={words.lead}
        action={
          <Button variant="outlined" href={`/projects/${projectId}/deliveries`}>
            {words.allDeliveries}
          </Button>
        }
      />
      <Box sx={{ display: 'grid', gap: 4, maxWidth: 760, '& > *': { minWidth: 0 } }}>
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        {view.state === 'receiving' ? (
          <Note status="passed" role="status">
            {words.state.receiving(view.lastDeliveryAt ? format.ago(view.lastDeliveryAt) : '')}
          </Note>
        ) : (
          <Note status="waiting" role="status">
            <b>{words.state.waiting}</b> {words.state.waitingHint}
          </Note>
        )}
        {view.problem && (
          <Note status="warning">{words.setUp.problem(textOf(t.errors.codes, view.problem) ?? view.problem)}</Note>
        )}
        <Panel
          title={words.title}
          headingId={id}
          action={
            <Button size="small" onClick={() => setRotating(true)}>
              {words.rotate.action}
            </Button>
          }
        >
          <Box sx={{ display: 'grid', gap: 4 }}>
            <p>{isManual ? words.setUp.manual : words.setUp.automatic}</p>
            {!view.isHostKnown && (
              <SelectField
                label={words.host}
                value={host ?? view.host}
                options={HOSTS.map((value) => ({ value, name: words.hosts[value] }))}
                onChange={setHost}
              />
            )}
            {isManual && (
              <>
                <Box component="p" sx={{ color: 'text.secondary' }}>
                  {words.hosts[view.host]}: <span lang="en">{HOST_FORMS[view.host]}</span>
                  {hint && (
                    <>
                      <br />
                      {hint}
                    </>
                  )}
                </Box>
                <Fact name={words.url}>
                  <CopyableCode value={view.url} label={words.url} />
                </Fact>
                {view.username && (
                  <Fact name={words.username}>
                    <CopyableCode value={view.username} label={words.username} />
                  </Fact>
                )}
                <Fact name={words.secret}>
                  <SecretField value={view.secret} label={words.secret} />
                </Fact>
                <Fact name={words.contentType}>
                  <CopyableCode value={view.contentType} label={words.contentType} />
                </Fact>
                <Fact name={words.events}>
                  <Box component="ul" aria-label={words.events} sx={{ pl: 4, listStyle: 'disc' }}>
                    {view.events.map((event) => (
                      <li key={event} lang="en">
                        {event}
                      </li>
                    ))}
                  </Box>
                </Fact>
              </>
            )}
            <Fact name={words.branches}>
              <Box component="ul" aria-label={words.branches} sx={{ pl: 4, listStyle: 'disc' }}>
                {view.branches.map((branch) => (
                  <li key={branch}>
                    <Mono>{branch}</Mono>
                  </li>
                ))}
              </Box>
              <Box sx={QUIET}>
                {words.branchesHint}{' '}
                <AppLink href={`/projects/${projectId}/configuration`}>{words.changeBranches}</AppLink>
              </Box>
            </Fact>
            {view.previousSecretUntil && (
              <Box sx={QUIET}>{words.rotate.grace(format.dateTime(view.previousSecretUntil))}</Box>
            )}
            {view.comparedAt && <Box sx={QUIET}>{words.compared(format.ago(view.comparedAt))}</Box>}
          </Box>
        </Panel>
      </Box>
      {isRotating && <RotateDialog projectId={projectId} isManual={isManual} onClose={() => setRotating(false)} />}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Box>
      <Box sx={{ mb: 1, typography: 'body2', color: 'text.secondary' }}>{name}</Box>
      {children}
    </Box>
  );
}

const QUIET = { typography: 'body2', color: 'elder.text3' } as const;
