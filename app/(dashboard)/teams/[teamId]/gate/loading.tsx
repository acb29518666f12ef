import { EditorLoading } from '@/components/policy/EditorLoading';
import { getMessages } from '@/lib/i18n/server';

export default async function GateLoading() {
  const t = await getMessages();
  return <EditorLoading title={t.gate.title} lead={t.gate.lead} />;
}
