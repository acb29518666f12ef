import Button from '@mui/material/Button';
import { EmptyState } from '@/components/layout/EmptyState';
import { PageHeader } from '@/components/layout/PageHeader';
import { Panel } from '@/components/layout/Panel';
import { Page } from '@/components/shell/Page';
import { getMessages } from '@/lib/i18n/server';

export default async function DashboardNotFound() {
  const t = await getMessages();
  return (
    <Page crumbs={[{ label: t.errors.page.notFound }]}>
      <title>{t.common.title(t.errors.page.notFound)}</title>
      <PageHeader title={t.errors.page.notFound} />
      <Panel isFlush>
        <EmptyState title={t.errors.codes.not_found}>
          <Button variant="outlined" href="/projects">
            {t.errors.page.toProjects}
          </Button>
        </EmptyState>
      </Panel>
    </Page>
  );
}
