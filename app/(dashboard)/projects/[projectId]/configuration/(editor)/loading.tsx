import { EditorLoading } from '@/components/policy/EditorLoading';
import { getMessages } from '@/lib/i18n/server';

export default async function ProjectConfigurationLoading() {
  const t = await getMessages();
  return <EditorLoading title={t.policy.project.title} />;
}
