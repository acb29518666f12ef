import Link from '@mui/material/Link';
import { Note } from '@/components/feedback/Note';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';

const RULE = 'integrity/has-valid-settings';

/** The repository's own settings have no effect as long as they hold an error. */
export function SettingsNote({ projectId, errors }: { projectId: string; errors: number }) {
  const t = useMessages();
  const format = useFormat();
  if (errors === 0) return null;
  return (
    <Note status="warning">
      {t.findings.exceptions.errors(format.number(errors))}{' '}
      <Link href={`/projects/${projectId}/findings?rule=${RULE}`}>{t.findings.exceptions.showErrors}</Link>
    </Note>
  );
}
