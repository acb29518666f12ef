import type { Metadata } from 'next';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { AuditLogView } from '@/components/audit-log/AuditLogView';
import { parseLogFilter } from '@/components/audit-log/filter';
import { PAGE_SIZE } from '@/components/audit-log/page-size';
import { Page } from '@/components/shell/Page';
import { RefusedPage } from '@/components/shell/RefusedPage';
import { hasPermission } from '@/lib/auth/permissions';
import { getMessages } from '@/lib/i18n/server';
import { listAuditLog, listAuditLogActions } from '@/lib/services/audit-log';
import { teamOfAddress } from '../load';

interface AuditLogPageProps {
  params: Promise<{ teamId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.auditLog.title) };
}

export default async function AuditLog({ params, searchParams }: AuditLogPageProps) {
  const [{ ctx, team }, search, t] = await Promise.all([teamOfAddress(params), searchParams, getMessages()]);
  const crumbs = [{ label: team.name, href: '/projects' }, { label: t.auditLog.title }];
  if (!hasPermission(ctx, team.id, 'log.read')) return <RefusedPage crumbs={crumbs} title={t.auditLog.title} />;
  const { action } = parseLogFilter({ get: (name) => [search[name]].flat()[0] ?? null });
  const [first, { items: actions }] = await Promise.all([
    listAuditLog(ctx, team.id, { limit: PAGE_SIZE, ...(action && { action }) }),
    listAuditLogActions(ctx, team.id),
  ]);
  return (
    <Page crumbs={crumbs}>
      <Seeded entries={[[queryKeys.auditLogOf(team.id, action), { pages: [first], pageParams: [null] }]]}>
        <AuditLogView teamId={team.id} actions={actions} />
      </Seeded>
    </Page>
  );
}
