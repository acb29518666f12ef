import Paper from '@mui/material/Paper';
import { PageHeader } from '@/components/layout/PageHeader';
import { Page } from '@/components/shell/Page';
import { RowSkeletons } from './Skeletons';

/** A list page while it loads: its real head over rows of the real height. */
export function ListLoading({ title }: { title: string }) {
  return (
    <Page crumbs={[{ label: title }]}>
      <PageHeader title={title} />
      <Paper variant="outlined" sx={{ borderRadius: '8px' }}>
        <RowSkeletons />
      </Paper>
    </Page>
  );
}
