import Box from '@mui/material/Box';
import { PanelSkeleton } from '@/components/feedback/Skeletons';
import { Page } from '@/components/shell/Page';
import { getMessages } from '@/lib/i18n/server';

export default async function AuditLoading() {
  const t = await getMessages();
  return (
    <Page crumbs={[{ label: t.project.audits.title }]}>
      <Box sx={{ display: 'grid', gap: 4 }}>
        <PanelSkeleton height={60} />
        <PanelSkeleton height={132} />
        <PanelSkeleton height={220} />
      </Box>
    </Page>
  );
}
