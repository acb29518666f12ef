'use client';

import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Paper from '@mui/material/Paper';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { ConnectionNote } from '@/components/live/ConnectionNote';
import { useRunAudit } from '@/components/projects/use-run-audit';
import type { MagicCard } from '@/lib/schemas/audits';
import { HealthPanel } from './HealthPanel';
import { MagicCards } from './MagicCards';
import type { ProjectNames } from './names';
import { ProjectHeader } from './ProjectHeader';
import { ProjectTabs } from './ProjectTabs';
import { RecentAudits } from './RecentAudits';
import { StageRail } from './StageRail';
import { StateNotes } from './StateNotes';
import { TopRisks } from './TopRisks';
import { TrendPanel } from './TrendPanel';
import { useAddress } from './use-address';
import { useOverview } from './use-overview';

export function ProjectView({ projectId, names }: { projectId: string; names: ProjectNames }) {
  const t = useMessages();
  const query = useOverview(projectId);
  const runAudit = useRunAudit();
  const overview = query.data;
  if (!overview) return query.isError ? <ErrorNote error={query.error} onRetry={() => void query.refetch()} /> : null;

  const { running, runningProgress, current, magics, projectName, canRunAudit } = overview;
  const isNew = !running && !current;
  const rerun = ({ magic }: MagicCard) =>
    runAudit.mutate({ projectId, projectName, request: { enabledMagics: [magic] } });
  return (
    <>
      <ProjectHeader overview={overview} />
      <ProjectTabs overview={overview} />
      <Box sx={{ display: 'grid', gap: 4, '& > *': { minWidth: 0 } }}>
        <ConnectionNote />
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        <StateNotes overview={overview} />
        {running && runningProgress && <StageRail audit={running} progress={runningProgress} />}
        {isNew ? (
          <Paper variant="outlined" sx={{ borderRadius: '8px' }}>
            <EmptyState title={t.project.empty.title}>
              <Box component="p" sx={{ color: 'text.secondary' }}>
                {t.project.empty.lead}
              </Box>
            </EmptyState>
          </Paper>
        ) : (
          <>
            <HealthAndTrend overview={overview} />
            <MagicCards
              projectId={projectId}
              cards={magics}
              progress={runningProgress}
              groups={names.groups}
              onRerun={canRunAudit ? rerun : undefined}
            />
          </>
        )}
        {overview.recentAudits.length > 0 && (
          <Box sx={TWO}>
            {current && <TopRisks projectId={projectId} risks={overview.topRisks} remarks={names.remarks} />}
            <RecentAudits overview={overview} />
          </Box>
        )}
      </Box>
    </>
  );
}

/** Side by side where there is room; on phones the trend waits behind a tab. */
function HealthAndTrend({ overview }: { overview: Parameters<typeof HealthPanel>[0]['overview'] }) {
  const t = useMessages();
  const { parameters, change } = useAddress();
  const isTrend = parameters.get('panel') === 'trend';
  const tab = (isChosen: boolean, name: string, value: string | null) => (
    <ButtonBase aria-pressed={isChosen} onClick={() => change({ panel: value }, 'push')} sx={SWITCH}>
      {name}
    </ButtonBase>
  );
  return (
    <div>
      <Box role="group" aria-label={t.project.health.title} sx={{ display: { xs: 'flex', sm: 'none' }, gap: 1, mb: 2 }}>
        {tab(!isTrend, t.project.health.title, null)}
        {tab(isTrend, t.project.trend.title, 'trend')}
      </Box>
      <Box sx={HEALTH}>
        <Box sx={{ display: { xs: isTrend ? 'none' : 'grid', sm: 'grid' }, minWidth: 0 }}>
          <HealthPanel overview={overview} />
        </Box>
        <Box sx={{ display: { xs: isTrend ? 'grid' : 'none', sm: 'grid' }, minWidth: 0 }}>
          <TrendPanel overview={overview} />
        </Box>
      </Box>
    </div>
  );
}

const HEALTH = {
  display: 'grid',
  gap: 4,
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 560px) minmax(0, 1fr)' },
} as const;

const TWO = {
  display: 'grid',
  gap: 4,
  alignItems: 'start',
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1fr) minmax(0, 1fr)' },
} as const;

const SWITCH = {
  flex: 1,
  minHeight: 44,
  borderRadius: '6px',
  border: '1px solid',
  borderColor: 'divider',
  color: 'text.secondary',
  fontWeight: 500,
  '&[aria-pressed="true"]': { bgcolor: 'background.paper', borderColor: 'elder.lineStrong', color: 'text.primary' },
} as const;
