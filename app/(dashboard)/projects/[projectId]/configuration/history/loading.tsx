import { ListLoading } from '@/components/feedback/ListLoading';
import { getMessages } from '@/lib/i18n/server';

export default async function ProjectHistoryLoading() {
  const t = await getMessages();
  return <ListLoading title={t.policy.project.history} />;
}
