import Box from '@mui/material/Box';
import { PanelSkeleton } from '@/components/feedback/Skeletons';
import { PageHeader } from '@/components/layout/PageHeader';
import { Page } from '@/components/shell/Page';

interface EditorLoadingProps {
  title: string;
  lead?: string;
}

/** An editor of the configuration while it loads: its real head over panels of about the real size. */
export function EditorLoading({ title, lead }: EditorLoadingProps) {
  return (
    <Page crumbs={[{ label: title }]}>
      <PageHeader title={title} lead={lead} />
      <Box sx={COLUMNS}>
        <Box sx={{ display: 'grid', gap: 3 }}>
          <PanelSkeleton height={240} />
          <PanelSkeleton height={400} />
        </Box>
        <Box sx={{ display: { xs: 'none', lg: 'block' } }}>
          <PanelSkeleton height={320} />
        </Box>
      </Box>
    </Page>
  );
}

const COLUMNS = {
  display: 'grid',
  gap: 4,
  alignItems: 'start',
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 372px', xl: 'minmax(0, 1fr) 424px' },
} as const;
