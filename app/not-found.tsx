import type { Metadata } from 'next';
import { StandaloneMessage } from '@/components/layout/StandaloneMessage';
import { getMessages } from '@/lib/i18n/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.errors.page.notFound) };
}

export default async function NotFound() {
  const t = await getMessages();
  return <StandaloneMessage t={t} title={t.errors.page.notFound} text={t.errors.codes.not_found} />;
}
