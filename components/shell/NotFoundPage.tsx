import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { EmptyState } from '@/components/layout/EmptyState';
import { PageHeader } from '@/components/layout/PageHeader';
import { Panel } from '@/components/layout/Panel';
import type { Messages } from '@/lib/i18n/messages';
import { Page } from './Page';

interface NotFoundPageProps {
  t: Messages;
  /** A nearer place than the list of projects. */
  back?: { href: string; label: string };
}

/** Inside the shell: what is missing, and the ways back. */
export function NotFoundPage({ t, back }: NotFoundPageProps) {
  return (
    <Page crumbs={[{ label: t.errors.page.notFound }]}>
      <title>{t.common.title(t.errors.page.notFound)}</title>
      <PageHeader title={t.errors.page.notFound} />
      <Panel isFlush>
        <EmptyState title={t.errors.codes.not_found}>
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2 }}>
            {back && (
              <Button variant="contained" href={back.href}>
                {back.label}
              </Button>
            )}
            <Button variant="outlined" href="/projects">
              {t.errors.page.toProjects}
            </Button>
          </Box>
        </EmptyState>
      </Panel>
    </Page>
  );
}
