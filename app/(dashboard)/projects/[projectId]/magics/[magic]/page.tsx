import '@fontsource-variable/jetbrains-mono/wght.css';
import type { Metadata } from 'next';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { MagicPageView } from '@/components/magic/MagicPageView';
import { Page } from '@/components/shell/Page';
import { pageContext } from '@/lib/auth/page-context';
import { getMessages } from '@/lib/i18n/server';
import { getMagicDetail } from '@/lib/services/magics';
import { orNull } from '@/lib/services/or-null';
import { loadOverview } from '../../load';
import { magicOf } from './load';

interface MagicPageProps {
  params: Promise<{ projectId: string; magic: string }>;
}

export async function generateMetadata({ params }: MagicPageProps): Promise<Metadata> {
  const { projectId, magic } = await params;
  const [{ projectName }, t] = await Promise.all([loadOverview(projectId), getMessages()]);
  return { title: t.common.title(t.common.magics[magicOf(magic)], projectName) };
}

export default async function MagicPage({ params }: MagicPageProps) {
  const { projectId, magic: name } = await params;
  const magic = magicOf(name);
  const [overview, { ctx }, t] = await Promise.all([loadOverview(projectId), pageContext(), getMessages()]);
  const detail = await orNull(getMagicDetail(ctx, projectId, magic));
  return (
    <Page
      crumbs={[
        { label: t.projects.title, href: '/projects' },
        { label: overview.projectName, href: `/projects/${projectId}` },
        { label: t.common.magics[magic] },
      ]}
    >
      <Seeded
        entries={[
          [queryKeys.overview(projectId), overview],
          [queryKeys.magic(projectId, magic), detail],
        ]}
      >
        <MagicPageView projectId={projectId} magic={magic} />
      </Seeded>
    </Page>
  );
}
