'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { callApi, queryString } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { Note } from '@/components/feedback/Note';
import { FindingPanes } from '@/components/findings/FindingPanes';
import { parseGrouping } from '@/components/findings/filter';
import type { FrameworkChoice } from '@/components/findings/framework-choices';
import { FINDINGS_PAGE } from '@/components/findings/page-size';
import type { RuleTexts } from '@/components/findings/rule-texts';
import { useTriage } from '@/components/findings/use-triage';
import { FilterField } from '@/components/forms/FilterField';
import { FilterMenu } from '@/components/forms/FilterMenu';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { ConnectionNote } from '@/components/live/ConnectionNote';
import { Glyph } from '@/components/marks/Glyph';
import { Icon } from '@/components/marks/Icon';
import { SeverityMark } from '@/components/marks/SeverityMark';
import { useAddress } from '@/components/project/use-address';
import { useShell } from '@/components/shell/shell-context';
import { MAGIC_IDS, SEVERITIES } from '@/lib/magics/types';
import { type FindingView, INBOX_VIEWS, type InboxFinding, type InboxPage } from '@/lib/schemas/findings';
import { type InboxChoice, inboxQuery, isInboxNarrowed, parseInbox } from './inbox-filter';

const EMPTY = { magic: null, severity: null, framework: null, search: null } as const;

interface InboxViewProps {
  teamId: string;
  rules: Readonly<Record<string, RuleTexts>>;
  frameworks: readonly FrameworkChoice[];
}

/** Findings of all projects of a team that wait for somebody. */
export function InboxView({ teamId, rules, frameworks }: InboxViewProps) {
  const t = useMessages();
  const format = useFormat();
  const { team } = useShell();
  const { parameters, change } = useAddress();
  const choice = parseInbox(parameters);
  const asked = inboxQuery(choice);
  const narrowedTo = frameworks.filter(({ frameworkId }) => choice.framework.includes(frameworkId));
  const triage = useTriage();
  const query = useInfiniteQuery({
    queryKey: queryKeys.inboxOf(teamId, asked),
    queryFn: ({ pageParam, signal }) =>
      callApi<InboxPage>(`/inbox${queryString({ ...asked, teamId, limit: FINDINGS_PAGE, cursor: pageParam })}`, {
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
  const pages = query.data?.pages;
  const known = new Map(pages?.flatMap(({ items }) => items).map((item) => [item.findingId, item]));
  const knownOf = ({ findingId }: FindingView): InboxFinding | undefined => known.get(findingId);
  return (
    <FindingPanes
      title={
        <Box component="h1" sx={{ typography: 'h1' }}>
          {t.triage.inbox}
        </Box>
      }
      bar={
        <InboxBar
          choice={choice}
          page={pages?.[0]}
          frameworks={frameworks.filter((one) => one.isNamed || narrowedTo.includes(one))}
          onChange={change}
        />
      }
      notes={
        <>
          <ConnectionNote />
          {narrowedTo.length > 0 && (
            <Note>{t.findings.framework(format.list(narrowedTo.map(({ title }) => title)))}</Note>
          )}
          {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        </>
      }
      nothing={
        isInboxNarrowed(choice) ? (
          <EmptyState title={t.findings.empty.filtered}>
            <Button variant="outlined" onClick={() => change(EMPTY, 'push')}>
              {t.findings.filter.clear}
            </Button>
          </EmptyState>
        ) : (
          <EmptyState title={t.triage.empty[choice.view]} />
        )
      }
      pages={pages}
      isPending={query.isPending}
      more={
        query.hasNextPage ? { isFetching: query.isFetchingNextPage, fetch: () => void query.fetchNextPage() } : null
      }
      rules={rules}
      grouping={parseGrouping(parameters.get('group'))}
      keyOf={(findingId) => queryKeys.inboxOf(teamId, { findingId })}
      repositoryUrlOf={(finding) => knownOf(finding)?.repositoryUrl ?? ''}
      projectNameOf={(finding) => knownOf(finding)?.projectName ?? null}
      triage={triage}
      canTriage={team.role !== 'viewer'}
      isOpenList={choice.view !== 'expiring'}
    />
  );
}

interface InboxBarProps {
  choice: InboxChoice;
  page: InboxPage | undefined;
  /** Those to choose from; without any, none is spoken of. */
  frameworks: readonly FrameworkChoice[];
  onChange: ReturnType<typeof useAddress>['change'];
}

/** What waits, in three views, and what narrows them. */
function InboxBar({ choice, page, frameworks, onChange }: InboxBarProps) {
  const t = useMessages();
  const format = useFormat();
  const words = t.findings.filter;
  return (
    <Box sx={{ borderBottom: 1, borderColor: 'divider' }}>
      <Tabs
        value={choice.view}
        onChange={(_, view: string) => onChange({ view: view === 'mine' ? null : view, finding: null }, 'push')}
        aria-label={t.triage.views.label}
        sx={{ px: { xs: 4, md: 6 } }}
      >
        {INBOX_VIEWS.map((view) => (
          <Tab
            key={view}
            value={view}
            label={
              <span>
                {t.triage.views[view]}
                {page && (
                  <Box component="span" sx={{ ml: '6px', color: 'elder.text3' }}>
                    {format.number(page.views[view])}
                  </Box>
                )}
              </span>
            }
          />
        ))}
      </Tabs>
      <Box role="search" sx={BAR}>
        <FilterField
          label={words.search}
          value={choice.search}
          onChange={(search) => onChange({ search: search || null, finding: null })}
          width={200}
        />
        <FilterMenu
          label={words.magic}
          chosen={choice.magic}
          onChange={(magic) => onChange({ magic: magic.join(',') || null, finding: null }, 'push')}
          options={[
            ...MAGIC_IDS.map((magic) => ({
              value: magic,
              name: t.common.magics[magic],
              mark: <Glyph magic={magic} />,
            })),
            { value: 'imported', name: t.imports.others },
          ]}
        />
        <FilterMenu
          label={words.severity}
          chosen={choice.severity}
          onChange={(severity) => onChange({ severity: severity.join(',') || null, finding: null }, 'push')}
          options={SEVERITIES.map((severity) => ({
            value: severity,
            name: t.common.severity[severity],
            mark: <SeverityMark severity={severity} />,
            count: page?.counts[severity] ?? 0,
          }))}
        />
        {frameworks.length > 0 && (
          <FilterMenu
            label={words.framework}
            chosen={choice.framework}
            onChange={(chosen) => onChange({ framework: chosen.join(',') || null, finding: null }, 'push')}
            options={frameworks.map(({ frameworkId, title }) => ({ value: frameworkId, name: title }))}
          />
        )}
        {isInboxNarrowed(choice) && (
          <Button
            size="small"
            color="info"
            startIcon={<Icon name="close" size={12} />}
            onClick={() => onChange({ ...EMPTY, finding: null }, 'push')}
          >
            {words.clear}
          </Button>
        )}
        <Box component="span" role="status" sx={ABOUT}>
          {t.triage.viewsAbout[choice.view]}
        </Box>
      </Box>
    </Box>
  );
}

const BAR = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '6px',
  px: { xs: 4, md: 6 },
  py: '9px',
  borderTop: 1,
  borderColor: 'divider',
} as const;

const ABOUT = { ml: 'auto', typography: 'body2', color: 'text.secondary' } as const;
