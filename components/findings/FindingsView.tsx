'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { Note } from '@/components/feedback/Note';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { ConnectionNote } from '@/components/live/ConnectionNote';
import { addressStep } from '@/components/project/address-step';
import { SettingsNote } from '@/components/project/SettingsNote';
import { useAddress } from '@/components/project/use-address';
import { useOverview } from '@/components/project/use-overview';
import { useShell } from '@/components/shell/shell-context';
import { AppLink } from '@/components/theme/AppLink';
import { SEVERITIES } from '@/lib/magics/types';
import type { ProjectOverview } from '@/lib/schemas/projects';
import { Baseline } from './Baseline';
import { FindingPanes } from './FindingPanes';
import { FindingsBar } from './FindingsBar';
import { FindingsExport } from './FindingsExport';
import {
  type FindingsFilter,
  filterQuery,
  isNarrowed,
  parseFindingsFilter,
  parseGrouping,
  unknownValues,
} from './filter';
import type { FrameworkChoice } from './framework-choices';
import { RepositoryExceptions } from './RepositoryExceptions';
import type { RuleTexts } from './rule-texts';
import { useFindings } from './use-findings';
import { useTriage } from './use-triage';

interface FindingsViewProps {
  projectId: string;
  rules: Readonly<Record<string, RuleTexts>>;
  frameworks: readonly FrameworkChoice[];
}

const TOOLS = { whiteSpace: 'nowrap', flex: 'none' } as const;

const EMPTY_FILTER = {
  magic: null,
  rule: null,
  framework: null,
  severity: null,
  state: null,
  path: null,
  search: null,
  assignee: null,
} as const;

/** The findings of a project. */
export function FindingsView({ projectId, rules, frameworks }: FindingsViewProps) {
  const t = useMessages();
  const format = useFormat();
  const { teams } = useShell();
  const { parameters, change } = useAddress();
  const overview = useOverview(projectId).data;
  const filter = parseFindingsFilter(parameters, rules);
  const asked = frameworks.filter(({ frameworkId }) => filter.framework.includes(frameworkId));
  const unknown = unknownValues(parameters, rules);
  const grouping = parseGrouping(parameters.get('group'));
  const query = useFindings(projectId, filter);
  const triage = useTriage();
  const role = teams.find(({ id }) => id === overview?.teamId)?.role ?? 'viewer';
  const canTriage = role !== 'viewer';
  const page = query.data?.pages[0];

  const narrow = (part: Partial<FindingsFilter>) => {
    const next = filterQuery({ ...filter, ...part });
    change({ ...EMPTY_FILTER, ...next, finding: null }, addressStep(part));
  };
  return (
    <FindingPanes
      title={
        <>
          <Link href={`/projects/${projectId}`}>{overview?.projectName ?? t.findings.toProject}</Link>
          <Box component="h1" sx={{ typography: 'h1' }}>
            {t.findings.title}
          </Box>
        </>
      }
      bar={
        <FindingsBar
          filter={filter}
          grouping={grouping}
          page={page}
          rules={rules}
          frameworks={frameworks.filter((one) => one.isNamed || asked.includes(one))}
          changes={overview && !isNarrowed(filter) ? changesOf(overview, t, format.number) : null}
          onChange={narrow}
          onGroup={(group) => change({ group: group === 'rule' ? null : group }, 'push')}
          onClear={() => change({ ...EMPTY_FILTER, finding: null }, 'push')}
          tools={
            <>
              {overview?.current && <FindingsExport current={overview.current} filter={filter} />}
              <Button size="small" color="info" component={AppLink} href={`/projects/${projectId}/imports`} sx={TOOLS}>
                {t.imports.others}
              </Button>
            </>
          }
        />
      }
      notes={
        <>
          <ConnectionNote />
          {overview && <OldNote overview={overview} />}
          {overview && <SettingsNote projectId={projectId} errors={overview.settingsErrors} />}
          {overview?.current && <RepositoryExceptions auditId={overview.current.auditId} />}
          {asked.length > 0 && <Note>{t.findings.framework(format.list(asked.map(({ title }) => title)))}</Note>}
          {unknown.length > 0 && <Note status="warning">{t.findings.unknown(format.list(unknown))}</Note>}
          {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        </>
      }
      nothing={
        <Nothing
          filter={filter}
          overview={overview}
          onClear={() => change(EMPTY_FILTER, 'push')}
          onAccepted={() => narrow({ state: 'accepted' })}
        />
      }
      foot={
        canTriage &&
        page &&
        !isNarrowed(filter) && <Baseline projectId={projectId} open={page.total} acceptAll={triage.acceptAll} />
      }
      pages={query.data?.pages}
      isPending={query.isPending}
      more={
        query.hasNextPage ? { isFetching: query.isFetchingNextPage, fetch: () => void query.fetchNextPage() } : null
      }
      rules={rules}
      grouping={grouping}
      keyOf={(findingId) => queryKeys.findingsOf(projectId, { findingId })}
      repositoryUrlOf={() => overview?.repositoryUrl ?? ''}
      projectNameOf={() => null}
      triage={triage}
      canTriage={canTriage}
      isOpenList={filter.state === 'open'}
    />
  );
}

function changesOf(
  { current }: ProjectOverview,
  t: ReturnType<typeof useMessages>,
  number: (value: number) => string,
): string | null {
  if (!current) return null;
  const fresh = SEVERITIES.reduce((sum, severity) => sum + (current.newCounts[severity] ?? 0), 0);
  return t.findings.newFixed(number(fresh), number(current.fixedCount), current.number);
}

/** Findings of a magic that could not be judged are as old as its last result. */
function OldNote({ overview }: { overview: ProjectOverview }) {
  const t = useMessages();
  const format = useFormat();
  const old = overview.magics.filter(({ status }) => status === 'error').map(({ magic }) => t.common.magics[magic]);
  return old.length > 0 && <Note status="partial">{t.findings.old(format.list(old))}</Note>;
}

interface NothingProps {
  filter: FindingsFilter;
  overview: ProjectOverview | undefined;
  onClear: () => void;
  /** Shows those that the team let stand. */
  onAccepted: () => void;
}

function Nothing({ filter, overview, onClear, onAccepted }: NothingProps) {
  const t = useMessages();
  const format = useFormat();
  const words = t.findings.empty;
  if (isNarrowed(filter)) {
    return (
      <EmptyState title={words.filtered}>
        <Button variant="outlined" onClick={onClear}>
          {t.findings.filter.clear}
        </Button>
      </EmptyState>
    );
  }
  if (overview && !overview.current)
    return <EmptyState title={overview.running ? words.running : words.neverAudited} />;
  const fixed = overview?.current?.fixedCount ?? 0;
  return (
    <EmptyState title={fixed > 0 ? `${words.open} ${words.fixed(format.number(fixed))}` : words.open}>
      <Button variant="outlined" onClick={onAccepted}>
        {words.accepted}
      </Button>
    </EmptyState>
  );
}
