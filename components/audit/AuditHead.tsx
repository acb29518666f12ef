'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import { auditMark, isWhole } from '@/components/audits/audit-mark';
import { ExportMenu } from '@/components/exports/ExportMenu';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { PageHeader } from '@/components/layout/PageHeader';
import { SeenText } from '@/components/layout/SeenText';
import { LiveChip } from '@/components/live/LiveChip';
import { Icon } from '@/components/marks/Icon';
import { StatusWord } from '@/components/marks/StatusWord';
import { useCancelAudit } from '@/components/project/use-cancel-audit';
import type { AuditDetail } from '@/lib/schemas/audits';
import { ShareAudit } from './ShareAudit';

interface AuditHeadProps {
  audit: AuditDetail;
  isLive: boolean;
  /** May run, cancel and share audits. */
  canCancel: boolean;
  /** Number of the audit whose result stays when this one is cancelled. */
  current: number | null;
}

export function AuditHead({ audit, isLive, canCancel, current }: AuditHeadProps) {
  const t = useMessages();
  const cancel = useCancelAudit();
  const { auditId, projectId, projectName, number, status } = audit;
  const hasResult = status === 'completed' || status === 'partial';
  return (
    <PageHeader
      title={t.audit.title(number)}
      aside={
        <Box component="span" sx={{ display: 'inline-flex', flexWrap: 'wrap', alignItems: 'center', gap: 3 }}>
          <StatusWord status={auditMark(audit)}>
            {t.common.auditStatus[status]}
            {!isWhole(audit) && `${t.common.comma}${t.common.coverageOf(audit.magicsJudged, audit.magicsTotal)}`}
          </StatusWord>
          {isLive && <LiveChip isRunning />}
        </Box>
      }
      lead={
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: '2px 14px', typography: 'body2', mt: '1px' }}>
          <Link href={`/projects/${projectId}`}>{projectName}</Link>
          {audit.commit && <SeenText>{audit.commit.subject}</SeenText>}
        </Box>
      }
      action={
        <>
          {isLive && canCancel && (
            <Button
              variant="outlined"
              color="error"
              startIcon={<Icon name="stop" size={14} />}
              loading={cancel.isPending}
              loadingPosition="start"
              onClick={() => cancel.mutate({ auditId, projectId, number, current })}
              sx={{ color: 'error.main' }}
            >
              {t.project.run.cancel}
            </Button>
          )}
          {hasResult && (
            <>
              <Button variant="outlined" href={`/projects/${projectId}/findings`}>
                {t.audit.findings}
              </Button>
              <ExportMenu auditId={auditId} number={number} />
              {canCancel && <ShareAudit auditId={auditId} number={number} />}
              <Button variant="outlined" href={`/projects/${projectId}/compare?to=${auditId}`}>
                {t.compare.with}
              </Button>
            </>
          )}
        </>
      }
    />
  );
}
