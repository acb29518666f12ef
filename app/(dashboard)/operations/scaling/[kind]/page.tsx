import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { kindName } from '@/components/scaling/kind-name';
import { ScalingView } from '@/components/scaling/ScalingView';
import { Page } from '@/components/shell/Page';
import { pageContext } from '@/lib/auth/page-context';
import { getMessages } from '@/lib/i18n/server';
import { WORKER_KINDS } from '@/lib/schemas/worker-kinds';
import { isInstanceOwner } from '@/lib/services/instance-owner';
import { getScalingOutlook } from '@/lib/services/scaling';

type Props = PageProps<'/operations/scaling/[kind]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ kind }, t] = await Promise.all([params, getMessages()]);
  return { title: t.common.title(t.scaling.kindTitle(kindName(kind, t)), t.operations.title) };
}

export default async function ScalingOfKindPage({ params }: Props) {
  const [{ ctx }, t, { kind: given }] = await Promise.all([pageContext(), getMessages(), params]);
  const kind = WORKER_KINDS.find((known) => known === given);
  if (!kind || !(await isInstanceOwner(ctx))) notFound();
  const crumbs = [
    { label: t.shell.nav.instance },
    { label: t.operations.title, href: '/operations' },
    { label: t.scaling.title, href: '/operations/scaling' },
    { label: kindName(kind, t) },
  ];
  return (
    <Page crumbs={crumbs}>
      <Seeded entries={[[queryKeys.scalingOutlook(kind), await getScalingOutlook(ctx, kind)]]}>
        <ScalingView kind={kind} />
      </Seeded>
    </Page>
  );
}
