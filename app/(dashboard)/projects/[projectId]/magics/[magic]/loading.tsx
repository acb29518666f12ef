import Box from '@mui/material/Box';
import { PanelSkeleton } from '@/components/feedback/Skeletons';
import { Page } from '@/components/shell/Page';
import { getMessages } from '@/lib/i18n/server';

export default async function MagicLoading() {
  const t = await getMessages();
  return (
    <Page crumbs={[{ label: t.projects.title, href: '/projects' }]}>
      <Box sx={{ display: 'grid', gap: 4 }}>
        <PanelSkeleton height={92} />
        <PanelSkeleton height={480} />
      </Box>
    </Page>
  );
}
