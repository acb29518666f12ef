import { headers } from 'next/headers';
import { NotFoundPage } from '@/components/shell/NotFoundPage';
import { getMessages } from '@/lib/i18n/server';

/** Something of a project that is there itself: the way back leads to the project. */
export default async function ProjectPartNotFound() {
  const [t, headerList] = await Promise.all([getMessages(), headers()]);
  const [project = '/projects'] = /^\/projects\/[\da-f-]+/.exec(headerList.get('x-elder-path') ?? '') ?? [];
  return <NotFoundPage t={t} back={{ href: project, label: t.errors.page.toProject }} />;
}
