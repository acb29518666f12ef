import Box from '@mui/material/Box';
import { PanelSkeleton } from '@/components/feedback/Skeletons';
import { Page } from '@/components/shell/Page';
import { getMessages } from '@/lib/i18n/server';

const CARDS = ['1', '2', '3', '4', '5', '6', '7', '8'];

export default async function ProjectLoading() {
  const t = await getMessages();
  return (
    <Page crumbs={[{ label: t.projects.title, href: '/projects' }]}>
      <Box sx={{ display: 'grid', gap: 4 }}>
        <PanelSkeleton height={88} />
        <Box sx={WIDE}>
          <PanelSkeleton height={252} />
          <PanelSkeleton height={252} />
        </Box>
        <Box sx={GRID}>
          {CARDS.map((card) => (
            <PanelSkeleton key={card} height={176} />
          ))}
        </Box>
      </Box>
    </Page>
  );
}

const WIDE = {
  display: 'grid',
  gap: 4,
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 560px) minmax(0, 1fr)' },
} as const;

const GRID = {
  display: 'grid',
  gap: 3,
  gridTemplateColumns: { xs: '1fr', sm: 'repeat(2, minmax(0, 1fr))', lg: 'repeat(4, minmax(0, 1fr))' },
} as const;
