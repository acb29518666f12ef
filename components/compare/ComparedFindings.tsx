'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { FilterMenu } from '@/components/forms/FilterMenu';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { SeverityCounts } from '@/components/marks/SeverityCounts';
import { SEVERITIES } from '@/lib/magics/types';
import { type AuditComparison, COMPARED_STATES, type ComparedState } from '@/lib/schemas/comparisons';
import { ComparedFindingRow } from './ComparedFindingRow';
import type { useComparison } from './use-comparison';

interface ComparedFindingsProps {
  comparison: AuditComparison;
  query: ReturnType<typeof useComparison>;
  chosen: readonly ComparedState[];
  onChoose: (chosen: readonly ComparedState[]) => void;
}

/** What became of the findings: counts of each kind, and the list under the filter. */
export function ComparedFindings({ comparison, query, chosen, onChoose }: ComparedFindingsProps) {
  const t = useMessages();
  const format = useFormat();
  const words = t.compare.findings;
  const { changes, projectId, total } = comparison;
  const totals = COMPARED_STATES.map((state) => ({
    state,
    counts: changes[state],
    count: SEVERITIES.reduce((sum, severity) => sum + (changes[state][severity] ?? 0), 0),
  }));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel
      title={words.title}
      headingId="findings"
      isFlush
      action={
        <FilterMenu
          label={words.filter}
          chosen={chosen}
          onChange={(next) => onChoose(COMPARED_STATES.filter((state) => next.includes(state)))}
          options={totals.map(({ state, count }) => ({ value: state, name: words.states[state], count }))}
        />
      }
    >
      <Box component="dl" sx={COUNTS}>
        {totals
          .filter(({ count }) => count > 0)
          .map(({ state, counts, count }) => (
            <Box key={state} title={state === 'unknown' ? words.unknownHelp : undefined}>
              <Box component="dt" sx={{ typography: 'body2', color: 'text.secondary' }}>
                {words.states[state]}
              </Box>
              <Box component="dd" sx={{ m: 0, display: 'flex', alignItems: 'center', gap: 2 }}>
                <b>{format.number(count)}</b>
                <SeverityCounts counts={counts} t={t} />
              </Box>
            </Box>
          ))}
      </Box>
      {items.length === 0 ? (
        <Box component="p" role="status" sx={{ p: 4, color: 'text.secondary' }}>
          {words.none}
        </Box>
      ) : (
        <Box component="ul" aria-labelledby="findings">
          {items.map((finding) => (
            <ComparedFindingRow
              key={`${finding.change} ${finding.fingerprint}`}
              finding={finding}
              projectId={projectId}
            />
          ))}
        </Box>
      )}
      {items.length > 0 && (
        <Box sx={FOOT}>
          <span role="status">{words.shown(format.number(items.length), format.number(total))}</span>
          {query.hasNextPage && (
            <Button
              size="small"
              color="info"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
              sx={{ ml: 'auto' }}
            >
              {words.more}
            </Button>
          )}
        </Box>
      )}
    </Panel>
  );
}

const COUNTS = {
  display: 'flex',
  flexWrap: 'wrap',
  gap: '8px 32px',
  m: 0,
  px: 4,
  py: 3,
  borderBottom: 1,
  borderColor: 'divider',
  '&:empty': { display: 'none' },
} as const;

const FOOT = {
  display: 'flex',
  alignItems: 'center',
  minHeight: 44,
  px: 4,
  borderTop: 1,
  borderColor: 'divider',
  typography: 'body2',
  color: 'elder.text3',
} as const;
