import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import type { FailedJobView } from '@/lib/schemas/operations';

type AboutAuditProps = Pick<FailedJobView, 'projectId' | 'projectName' | 'auditId' | 'auditNumber'>;

/** What lies in teams of others is not named. */
export function AboutAudit({ projectId, projectName, auditId, auditNumber }: AboutAuditProps) {
  const t = useMessages();
  const words = t.operations.setAside;
  const format = useFormat();
  if (projectId === null) return <Box sx={QUIET}>{words.elsewhere}</Box>;
  return (
    <>
      <Link href={`/projects/${projectId}`}>{projectName}</Link>
      {auditId && auditNumber !== null && (
        <Box sx={QUIET}>
          <Link href={`/audits/${auditId}`}>{words.audit(format.number(auditNumber))}</Link>
        </Box>
      )}
    </>
  );
}

const QUIET = { typography: 'body2', color: 'text.secondary' } as const;
