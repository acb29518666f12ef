import Box from '@mui/material/Box';
import { RowSkeletons } from '@/components/feedback/Skeletons';
import { Page } from '@/components/shell/Page';
import { getMessages } from '@/lib/i18n/server';

export default async function FindingsLoading() {
  const t = await getMessages();
  return (
    <Page isFlush crumbs={[{ label: t.projects.title, href: '/projects' }, { label: t.findings.title }]}>
      <Box sx={{ height: 50, borderBottom: 1, borderColor: 'divider' }} />
      <Box sx={{ maxWidth: { lg: 452 }, bgcolor: 'background.paper' }}>
        <RowSkeletons rows={12} height={54} />
      </Box>
    </Page>
  );
}
