'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import { Note } from '@/components/feedback/Note';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Rich } from '@/components/i18n/Rich';
import { useRunAudit } from '@/components/projects/use-run-audit';
import { problemText } from '@/lib/i18n/problem-text';
import type { ProjectOverview } from '@/lib/schemas/projects';
import { auditErrorText } from './card-words';
import { SettingsNote } from './SettingsNote';

/** What one has to know before reading the numbers: a partial result, a failed audit, settings that have no effect. */
export function StateNotes({ overview }: { overview: ProjectOverview }) {
  const t = useMessages();
  const { current, running, recentAudits, accessProblem, isArchived } = overview;
  const last = recentAudits[0];
  const isFirst = overview.canManage && !running && current !== null && overview.auditCount === 1;
  const hasFailed = !running && last?.status === 'failed';
  return (
    <>
      {accessProblem && !hasFailed && (
        <Note status="error">
          <b>{t.project.accessProblem}</b> {problemText(t, accessProblem)}
        </Note>
      )}
      {isArchived && (
        <Note status="not_applicable">
          <b>{t.project.archived.title}</b> {t.project.archived.means}
        </Note>
      )}
      {hasFailed && last && (
        <Note status="error" action={<RunAgain overview={overview} />}>
          <b>{t.project.failed(last.number)}</b> {auditErrorText(last, t)} {current && t.project.failedKeeps}{' '}
          <Link href={`/audits/${last.auditId}`}>{t.project.running.timeline}</Link>
        </Note>
      )}
      {!running && last?.status === 'cancelled' && (
        <Note status="not_applicable" action={<RunAgain overview={overview} />}>
          {t.project.cancelled(last.number)} {current && t.project.failedKeeps}{' '}
          <Link href={`/audits/${last.auditId}`}>{t.project.running.timeline}</Link>
        </Note>
      )}
      {current?.status === 'partial' && !running && (
        <Note status="partial" action={<RunAgain overview={overview} />}>
          <PartialText overview={overview} />
        </Note>
      )}
      <SettingsNote projectId={overview.projectId} errors={overview.settingsErrors} />
      {isFirst && (
        <Note
          status="passed"
          action={
            <Link href={`/teams/${overview.teamId}/policy/recommended?project=${overview.projectId}`}>
              {t.policy.recommended.see}
            </Link>
          }
        >
          {t.policy.recommended.afterFirst}
        </Note>
      )}
    </>
  );
}

function PartialText({ overview }: { overview: ProjectOverview }) {
  const t = useMessages();
  const format = useFormat();
  const { current, magics } = overview;
  if (!current) return null;
  const missing = magics.filter(({ status }) => status === 'error').map(({ magic }) => t.common.magics[magic]);
  const first =
    missing.length > 0
      ? t.project.partial.named(current.number, format.list(missing))
      : t.project.partial.unnamed(current.number);
  return (
    <Box component="p">
      <Rich text={first} />{' '}
      {current.healthCoverage !== null &&
        t.project.partial.covers(current.magicsJudged, format.percent(current.healthCoverage))}
    </Box>
  );
}

function RunAgain({ overview: { projectId, projectName, canRunAudit } }: { overview: ProjectOverview }) {
  const t = useMessages();
  const runAudit = useRunAudit();
  if (!canRunAudit) return null;
  return (
    <Button
      size="small"
      color="info"
      loading={runAudit.isPending}
      onClick={() => runAudit.mutate({ projectId, projectName })}
    >
      {t.project.partial.again}
    </Button>
  );
}
