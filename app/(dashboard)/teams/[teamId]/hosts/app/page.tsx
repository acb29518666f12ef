import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { Metadata } from 'next';
import { Note } from '@/components/feedback/Note';
import { AppForm } from '@/components/hosts/AppForm';
import { PageHeader } from '@/components/layout/PageHeader';
import { Panel } from '@/components/layout/Panel';
import { Page } from '@/components/shell/Page';
import { RefusedPage } from '@/components/shell/RefusedPage';
import { hasPermission } from '@/lib/auth/permissions';
import { problemText } from '@/lib/i18n/problem-text';
import { getMessages } from '@/lib/i18n/server';
import { beginApp } from '@/lib/services/provider-apps';
import { readCode } from '@/lib/services/read-code';
import { teamOfAddress } from '../../load';

interface AppPageProps {
  params: Promise<{ teamId: string }>;
  searchParams: Promise<{ host?: string | string[]; organisation?: string | string[] }>;
}

const LONGEST = 300;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.hosts.app.title) };
}

/** The way to GitHub in two steps; the second one's form may be sent to that host alone (see the policy in `proxy.ts`). */
export default async function AppPage({ params, searchParams }: AppPageProps) {
  const [{ ctx, team }, t, query] = await Promise.all([teamOfAddress(params), getMessages(), searchParams]);
  const texts = t.hosts.app;
  const crumbs = [
    { label: team.name, href: '/projects' },
    { label: t.hosts.title, href: `/teams/${team.id}/hosts` },
    { label: texts.title },
  ];
  if (!hasPermission(ctx, team.id, 'connection.manage')) return <RefusedPage crumbs={crumbs} title={texts.title} />;
  const host = typeof query.host === 'string' ? query.host.trim().slice(0, LONGEST) : null;
  const organisation = typeof query.organisation === 'string' ? query.organisation.trim().slice(0, LONGEST) : '';
  const begun =
    host === null
      ? null
      : await readCode(beginApp(ctx, team.id, { baseUrl: host, organisation: organisation || null }));
  return (
    <Page crumbs={crumbs}>
      <PageHeader title={texts.title} lead={texts.lead} />
      <Box sx={{ display: 'grid', gap: 4, maxWidth: 640 }}>
        {begun?.code && (
          <Note status="error" role="alert">
            {problemText(t, begun.code)}
          </Note>
        )}
        <Panel>
          <Box component="ol" sx={{ display: 'grid', gap: 2, pl: 5, mb: 4, listStyle: 'decimal' }}>
            {texts.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </Box>
          <Box component="p" sx={{ mb: 4, color: 'text.secondary' }}>
            {texts.permissions}
          </Box>
          {begun?.value ? (
            <form method="post" action={begun.value.action}>
              <input type="hidden" name="manifest" value={begun.value.manifest} />
              <Box component="p" sx={{ mb: 3 }}>
                {texts.ready(begun.value.host)}
              </Box>
              <Button type="submit" variant="contained">
                {texts.go(begun.value.host)}
              </Button>
            </form>
          ) : (
            <AppForm teamId={team.id} />
          )}
        </Panel>
      </Box>
    </Page>
  );
}
