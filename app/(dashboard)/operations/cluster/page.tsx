import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ClusterPage } from '@/components/cluster/ClusterPage';
import { Page } from '@/components/shell/Page';
import { pageContext } from '@/lib/auth/page-context';
import { getMessages } from '@/lib/i18n/server';
import { getCluster } from '@/lib/services/cluster-runs';
import { isInstanceOwner } from '@/lib/services/instance-owner';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.cluster.title, t.operations.title) };
}

export default async function ClusterRoute() {
  const [{ ctx }, t] = await Promise.all([pageContext(), getMessages()]);
  if (!(await isInstanceOwner(ctx))) notFound();
  const crumbs = [
    { label: t.shell.nav.instance },
    { label: t.operations.title, href: '/operations' },
    { label: t.cluster.title },
  ];
  return (
    <Page crumbs={crumbs}>
      <ClusterPage initial={await getCluster(ctx)} />
    </Page>
  );
}
