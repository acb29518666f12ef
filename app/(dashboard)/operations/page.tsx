import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { OperationsPanels } from '@/components/operations/OperationsPanels';
import { Page } from '@/components/shell/Page';
import { pageContext } from '@/lib/auth/page-context';
import { getMessages } from '@/lib/i18n/server';
import { isInstanceOwner } from '@/lib/services/instance-owner';
import { getOperations } from '@/lib/services/operations';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.operations.title) };
}

export default async function OperationsPage() {
  const [{ ctx }, t] = await Promise.all([pageContext(), getMessages()]);
  if (!(await isInstanceOwner(ctx))) notFound();
  return (
    <Page crumbs={[{ label: t.shell.nav.instance }, { label: t.operations.title }]}>
      <Seeded entries={[[queryKeys.operations, await getOperations(ctx)]]}>
        <OperationsPanels />
      </Seeded>
    </Page>
  );
}
