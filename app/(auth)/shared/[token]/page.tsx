import '@fontsource-variable/jetbrains-mono/wght.css';
import Box from '@mui/material/Box';
import type { Metadata } from 'next';
import { AuthFrame } from '@/components/auth/AuthFrame';
import { SharedReportView } from '@/components/shared/SharedReportView';
import { findAsker } from '@/lib/auth/page-context';
import { getMessages } from '@/lib/i18n/server';
import { LINK_REFUSALS } from '@/lib/services/link-guard';
import { orNull } from '@/lib/services/or-null';
import { getSharedReport } from '@/lib/services/shared-reports';

interface SharedPageProps {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The same for every link: what it opens is told by the page alone. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return {
    title: t.common.title(t.share.report.pageTitle),
    referrer: 'no-referrer',
    robots: { index: false, follow: false },
  };
}

export default async function SharedPage({ params, searchParams }: SharedPageProps) {
  const [{ token }, { page }, ctx, t] = await Promise.all([params, searchParams, findAsker(), getMessages()]);
  const report = await orNull(getSharedReport(ctx, token, Number(page ?? 1)), LINK_REFUSALS);
  if (report) return <SharedReportView token={token} report={report} />;
  return (
    <AuthFrame t={t}>
      <Box component="h1" sx={{ typography: 'h1', mb: 1 }}>
        {t.share.report.goneTitle}
      </Box>
      <Box component="p" role="alert" sx={{ color: 'text.secondary' }}>
        {t.share.report.gone}
      </Box>
    </AuthFrame>
  );
}
