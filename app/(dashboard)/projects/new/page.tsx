import Box from '@mui/material/Box';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Note } from '@/components/feedback/Note';
import { PageHeader } from '@/components/layout/PageHeader';
import { Panel } from '@/components/layout/Panel';
import { RegisterForm } from '@/components/register/RegisterForm';
import { Page } from '@/components/shell/Page';
import { pageContext } from '@/lib/auth/page-context';
import { hasPermission } from '@/lib/auth/permissions';
import { getMessages } from '@/lib/i18n/server';
import { withoutSecret } from '@/lib/schemas/repository-address';
import { listConnections } from '@/lib/services/connections';
import { allowsLocalRepositories } from '@/lib/services/registration';

const LONGEST_URL = 2048;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.register.title) };
}

interface RegisterPageProps {
  searchParams: Promise<{ url?: string | string[] }>;
}

export default async function RegisterPage({ searchParams }: RegisterPageProps) {
  const [{ ctx, team }, t, { url }] = await Promise.all([pageContext(), getMessages(), searchParams]);
  const address = typeof url === 'string' ? url.slice(0, LONGEST_URL) : '';
  // A password in the address of the page would stay in the browser's history.
  const safe = withoutSecret(address);
  if (safe !== address) redirect(`/projects/new?url=${encodeURIComponent(safe)}`);
  const canRegister = hasPermission(ctx, team.id, 'project.create');
  const connections = canRegister ? (await listConnections(ctx, team.id)).items : [];
  return (
    <Page crumbs={[{ label: t.projects.title, href: '/projects' }, { label: t.register.title }]}>
      <PageHeader title={t.register.title} lead={t.register.lead} />
      {canRegister ? (
        <Box sx={COLUMNS}>
          <RegisterForm
            teamId={team.id}
            initialUrl={address}
            allowsLocal={allowsLocalRepositories()}
            connections={connections.map(({ connectionId, name }) => ({ connectionId, name }))}
            canConfirmHosts={hasPermission(ctx, team.id, 'project.manage')}
          />
          <Panel title={t.register.first.title} headingId="first">
            <Box component="ol" sx={{ display: 'grid', gap: 3 }}>
              {t.register.first.steps.map((step, index) => (
                <Box component="li" key={step} sx={{ display: 'flex', gap: '10px' }}>
                  <Box component="span" aria-hidden sx={NUMBER}>
                    {index + 1}
                  </Box>
                  <Box component="span" sx={{ color: 'text.secondary' }}>
                    {step}
                  </Box>
                </Box>
              ))}
            </Box>
          </Panel>
        </Box>
      ) : (
        <Note status="inconclusive">{t.errors.codes.forbidden}</Note>
      )}
    </Page>
  );
}

const COLUMNS = {
  display: 'grid',
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1fr) 320px' },
  alignItems: 'start',
  gap: 4,
  maxWidth: 1080,
} as const;

const NUMBER = {
  flex: 'none',
  width: 20,
  height: 20,
  borderRadius: '50%',
  border: 1,
  borderColor: 'divider',
  color: 'elder.text3',
  fontSize: '0.6875rem',
  lineHeight: '18px',
  textAlign: 'center',
} as const;
