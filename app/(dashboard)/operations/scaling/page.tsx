import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { ScalingList } from '@/components/scaling/ScalingList';
import { Page } from '@/components/shell/Page';
import { pageContext } from '@/lib/auth/page-context';
import { getMessages } from '@/lib/i18n/server';
import { isInstanceOwner } from '@/lib/services/instance-owner';
import { getScalingOverview } from '@/lib/services/scaling';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.scaling.title, t.operations.title) };
}

export default async function ScalingPage() {
  const [{ ctx }, t] = await Promise.all([pageContext(), getMessages()]);
  if (!(await isInstanceOwner(ctx))) notFound();
  const crumbs = [
    { label: t.shell.nav.instance },
    { label: t.operations.title, href: '/operations' },
    { label: t.scaling.title },
  ];
  return (
    <Page crumbs={crumbs}>
      <Seeded entries={[[queryKeys.scaling, await getScalingOverview(ctx)]]}>
        <ScalingList />
      </Seeded>
    </Page>
  );
}
