import { NotFoundPage } from '@/components/shell/NotFoundPage';
import { getMessages } from '@/lib/i18n/server';

export default async function RuleNotFound() {
  const t = await getMessages();
  return <NotFoundPage t={t} back={{ href: '/rules', label: t.errors.page.toRules }} />;
}
