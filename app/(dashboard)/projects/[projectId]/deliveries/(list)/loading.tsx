import { ListLoading } from '@/components/feedback/ListLoading';
import { getMessages } from '@/lib/i18n/server';

export default async function DeliveriesLoading() {
  const t = await getMessages();
  return <ListLoading title={t.webhooks.deliveries} />;
}
