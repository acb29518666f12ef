import { NotFoundPage } from '@/components/shell/NotFoundPage';
import { getMessages } from '@/lib/i18n/server';

export default async function DashboardNotFound() {
  return <NotFoundPage t={await getMessages()} />;
}
