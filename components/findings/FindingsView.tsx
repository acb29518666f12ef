'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import useMediaQuery from '@mui/material/useMediaQuery';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { Note } from '@/components/feedback/Note';
import { RowSkeletons } from '@/components/feedback/Skeletons';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { KeyHint } from '@/components/layout/KeyHint';
import { focusRow, useReturnToRow } from '@/components/layout/use-return-to-row';
import { ConnectionNote } from '@/components/live/ConnectionNote';
import { addressStep } from '@/components/project/address-step';
import { SettingsNote } from '@/components/project/SettingsNote';
import { useAddress } from '@/components/project/use-address';
import { useOverview } from '@/components/project/use-overview';
import { SEVERITIES } from '@/lib/magics/types';
import type { ProjectOverview } from '@/lib/schemas/projects';
import { FindingDetail } from './FindingDetail';
import { FindingList } from './FindingList';
import { FindingsBar } from './FindingsBar';
import {
  type FindingsFilter,
  filterQuery,
  isNarrowed,
  parseFindingsFilter,
  parseGrouping,
  unknownValues,
} from './filter';
import { RepositoryExceptions } from './RepositoryExceptions';
import type { RuleTexts } from './rule-texts';
import { useFindingKeys } from './use-finding-keys';
import { useFinding, useFindings } from './use-findings';
import { usePatch } from './use-patch';

interface FindingsViewProps {
  projectId: string;
  rules: Readonly<Record<string, RuleTexts>>;
}

const EMPTY_FILTER = { magic: null, rule: null, severity: null, state: null, path: null, search: null } as const;

/** List and detail side by side; under 1100 px the detail takes the list's place. */
export function FindingsView({ projectId, rules }: FindingsViewProps) {
  const t = useMessages();
  const format = useFormat();
  const { parameters, change } = useAddress();
  const isWide = useMediaQuery('(min-width: 1100px)');
  const overview = useOverview(projectId).data;
  const filter = parseFindingsFilter(parameters, rules);
  const unknown = unknownValues(parameters, rules);
  const grouping = parseGrouping(parameters.get('group'));
  const query = useFindings(projectId, filter);
  const page = query.data?.pages[0];
  const findings = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const asked = parameters.get('finding');
  const selectedId = asked ?? (isWide ? (findings[0]?.findingId ?? null) : null);
  const { finding, error } = useFinding(projectId, selectedId, findings);
  const at = findings.findIndex(({ findingId }) => findingId === selectedId);
  const returnTo = useReturnToRow(asked);
  const close = () => {
    if (asked) returnTo(asked);
    change({ finding: null, tab: null });
  };
  /** Beside its list the pane has nothing to close: the way back is to its row. */
  const back = () => {
    if (!asked || !isWide || !focusRow(asked)) close();
  };
  const { patch } = usePatch(finding);
  useFindingKeys({ patch: patch?.patch ?? null, onBack: asked ? back : null });

  const narrow = (part: Partial<FindingsFilter>) => {
    const next = filterQuery({ ...filter, ...part });
    change({ ...EMPTY_FILTER, ...next, finding: null }, addressStep(part));
  };
  return (
    <Box sx={FRAME} data-open={asked !== null}>
      <Box className="title" sx={TITLE}>
        <Link href={`/projects/${projectId}`}>{overview?.projectName ?? t.findings.toProject}</Link>
        <Box component="h1" sx={{ typography: 'h1' }}>
          {t.findings.title}
        </Box>
      </Box>
      <Box className="head">
        <FindingsBar
          filter={filter}
          grouping={grouping}
          page={page}
          rules={rules}
          changes={overview && !isNarrowed(filter) ? changesOf(overview, t, format.number) : null}
          onChange={narrow}
          onGroup={(group) => change({ group: group === 'rule' ? null : group }, 'push')}
          onClear={() => change({ ...EMPTY_FILTER, finding: null }, 'push')}
        />
        <Box sx={NOTES}>
          <ConnectionNote />
          {overview && <OldNote overview={overview} />}
          {overview && <SettingsNote projectId={projectId} errors={overview.settingsErrors} />}
          {overview?.current && <RepositoryExceptions auditId={overview.current.auditId} />}
          {unknown.length > 0 && <Note status="warning">{t.findings.unknown(format.list(unknown))}</Note>}
          {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        </Box>
      </Box>
      <Box sx={SPLIT}>
        <Box component="section" aria-label={t.findings.list} className="list" sx={LIST}>
          {query.isPending && <RowSkeletons height={54} />}
          <FindingList
            findings={findings}
            grouping={grouping}
            ruleCounts={page?.ruleCounts ?? {}}
            rules={rules}
            selectedId={selectedId}
            hrefOf={(findingId) => `?${new URLSearchParams({ ...Object.fromEntries(parameters), finding: findingId })}`}
            onOpen={(findingId) => change({ finding: findingId }, isWide ? 'replace' : 'push')}
            onFocus={(findingId) => isWide && findingId !== selectedId && change({ finding: findingId })}
          />
          {page && findings.length === 0 && (
            <Nothing filter={filter} overview={overview} onClear={() => change(EMPTY_FILTER, 'push')} />
          )}
          {page && findings.length > 0 && (
            <Box sx={FOOT}>
              <span>{t.findings.shown(format.number(findings.length), format.number(page.total))}</span>
              {query.hasNextPage && (
                <Button
                  size="small"
                  color="info"
                  loading={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                >
                  {t.findings.showMore}
                </Button>
              )}
            </Box>
          )}
        </Box>
        <Box className="detail" sx={DETAIL}>
          {error && (
            <Box sx={{ p: 4 }}>
              <ErrorNote error={error} />
            </Box>
          )}
          {finding && (
            <FindingDetail
              key={finding.findingId}
              finding={finding}
              rule={rules[finding.ruleId]}
              repositoryUrl={overview?.repositoryUrl ?? ''}
              position={at >= 0 && page ? t.findings.position(format.number(at + 1), format.number(page.total)) : null}
              onClose={close}
            />
          )}
          {!finding && !error && findings.length > 0 && (
            <Box component="p" sx={{ p: 5, color: 'elder.text3' }}>
              {t.findings.empty.choose}
            </Box>
          )}
          {findings.length > 0 && <Keys hasPatch={patch !== null} />}
        </Box>
      </Box>
    </Box>
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
}

function Nothing({ filter, overview, onClear }: NothingProps) {
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
  return <EmptyState title={fixed > 0 ? `${words.open} ${words.fixed(format.number(fixed))}` : words.open} />;
}

function Keys({ hasPatch }: { hasPatch: boolean }) {
  const t = useMessages();
  const { keys } = t.findings;
  return (
    <Box aria-hidden sx={KEYS}>
      <KeyHint>j</KeyHint>
      <KeyHint>k</KeyHint>
      {keys.move}
      {hasPatch && (
        <>
          <Box component="span" sx={{ ml: 3 }}>
            <KeyHint>p</KeyHint>
          </Box>
          {keys.patch}
        </>
      )}
    </Box>
  );
}

const WIDE = '@media (min-width: 1100px)';
const NARROW = '@media (max-width: 1099.95px)';

/** Heard, not seen. */
const HIDDEN = {
  position: 'absolute',
  width: '1px',
  height: '1px',
  padding: 0,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  '& > a': { display: 'none' },
} as const;

/** Wide: two panes that scroll on their own. Narrow: one of them, in the page's own scroll. */
const FRAME = {
  display: 'flex',
  flexDirection: 'column',
  minWidth: 0,
  flex: 1,
  [WIDE]: { flex: 'none', height: 'calc(100dvh - 48px)', minHeight: 480 },
  [NARROW]: {
    '&[data-open="true"] .title': HIDDEN,
    '&[data-open="true"] .list, &[data-open="true"] .head': { display: 'none' },
    '&[data-open="false"] .detail': { display: 'none' },
  },
} as const;

/** The crumbs name the page where there is room for them. */
const TITLE = { px: 4, pt: '14px', '@media (min-width: 900px)': HIDDEN } as const;

const NOTES = {
  display: 'grid',
  gap: 2,
  px: { xs: 4, md: 6 },
  py: 2,
  borderBottom: 1,
  borderColor: 'divider',
  '&:empty': { display: 'none' },
} as const;

const SPLIT = {
  minWidth: 0,
  flex: 1,
  [WIDE]: {
    display: 'grid',
    gridTemplateColumns: '452px minmax(0, 1fr)',
    gridTemplateRows: 'minmax(0, 1fr)',
    minHeight: 0,
  },
} as const;

const LIST = {
  minWidth: 0,
  bgcolor: 'background.paper',
  [WIDE]: { overflowY: 'auto', borderRight: 1, borderColor: 'divider' },
} as const;

const DETAIL = {
  minWidth: 0,
  bgcolor: 'background.paper',
  [WIDE]: { overflowY: 'auto', display: 'flex', flexDirection: 'column' },
  '& > article': { flex: 1 },
} as const;

const FOOT = {
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'space-between',
  minHeight: 44,
  px: 4,
  typography: 'body2',
  color: 'elder.text3',
} as const;

const KEYS = {
  display: 'none',
  [WIDE]: { display: 'flex' },
  position: 'sticky',
  bottom: 0,
  alignItems: 'center',
  gap: '6px',
  px: 5,
  minHeight: 40,
  typography: 'body2',
  color: 'elder.text3',
  bgcolor: 'background.default',
  borderTop: 1,
  borderColor: 'divider',
} as const;
