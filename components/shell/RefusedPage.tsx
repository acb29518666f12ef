'use client';

import { Note } from '@/components/feedback/Note';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { PageHeader } from '@/components/layout/PageHeader';
import { Page } from './Page';
import type { Crumb } from './TopBar';

/** A page of one's own team that takes a higher role. */
export function RefusedPage({ crumbs, title }: { crumbs: readonly Crumb[]; title: string }) {
  const t = useMessages();
  return (
    <Page crumbs={crumbs}>
      <PageHeader title={title} />
      <Note status="error">{t.errors.codes.forbidden}</Note>
    </Page>
  );
}
