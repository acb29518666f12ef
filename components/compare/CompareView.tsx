'use client';

import Box from '@mui/material/Box';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { Note } from '@/components/feedback/Note';
import { RowSkeletons } from '@/components/feedback/Skeletons';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { PageHeader } from '@/components/layout/PageHeader';
import { useAddress } from '@/components/project/use-address';
import { fill } from '@/lib/i18n/fill';
import { textOf } from '@/lib/i18n/text-of';
import type { AuditSummary } from '@/lib/schemas/audits';
import type { AuditComparison } from '@/lib/schemas/comparisons';
import { AuditPickers } from './AuditPickers';
import { ComparedFindings } from './ComparedFindings';
import { ComparedRules } from './ComparedRules';
import { ComparedScores } from './ComparedScores';
import { comparisonSentence } from './comparison-sentence';
import { PolicyChanges } from './PolicyChanges';
import { parseChoice } from './parse-choice';
import { refusalText } from './refusal-text';
import { useComparison } from './use-comparison';

interface CompareViewProps {
  teamId: string;
  /** Those with a result, newest first. */
  audits: readonly AuditSummary[];
  /** What is compared while the address names none. */
  fromId: string;
  toId: string;
}

/** Two audits of a project beside one another; which two, and the filter, are in the address. */
export function CompareView({ teamId, audits, fromId: firstFrom, toId: firstTo }: CompareViewProps) {
  const t = useMessages();
  const format = useFormat();
  const { parameters, change } = useAddress();
  const fromId = parameters.get('from') ?? firstFrom;
  const toId = parameters.get('to') ?? firstTo;
  const chosen = parseChoice(parameters.get('change'));
  const query = useComparison(fromId, toId, chosen.join(','));
  const comparison = query.data?.pages[0];
  return (
    <>
      <PageHeader title={t.compare.title} lead={comparison && comparisonSentence(comparison, t, format)} />
      <Box sx={{ display: 'grid', gap: 4, '& > *': { minWidth: 0 } }}>
        <AuditPickers
          audits={audits}
          fromId={fromId}
          toId={toId}
          onChange={(from, to) => change({ from, to }, 'push')}
        />
        {query.isError && (
          <ErrorNote error={query.error} text={refusalText(t, query.error)} onRetry={() => void query.refetch()} />
        )}
        {query.isPending && <RowSkeletons rows={8} />}
        {comparison && !query.isError && (
          <>
            {comparison.differences.length > 0 && <Differences comparison={comparison} />}
            <Box sx={PANELS}>
              <ComparedScores comparison={comparison} />
              <Box sx={{ display: 'grid', gap: 4, alignContent: 'start', minWidth: 0 }}>
                <ComparedRules magics={comparison.magics} />
                <PolicyChanges policy={comparison.policy} teamId={teamId} />
              </Box>
            </Box>
            <ComparedFindings
              comparison={comparison}
              query={query}
              chosen={chosen}
              onChoose={(next) => change({ change: next.join(',') }, 'push')}
            />
          </>
        )}
      </Box>
    </>
  );
}

function Differences({ comparison }: { comparison: AuditComparison }) {
  const t = useMessages();
  return (
    <Note status="inconclusive">
      <b>{t.compare.notComparable}</b>{' '}
      {comparison.differences
        .map(({ id, data }) => fill(textOf(t.compare.differences, id) ?? '', data))
        .join(t.common.semicolon)}
    </Note>
  );
}

const PANELS = {
  display: 'grid',
  gap: 4,
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' },
  alignItems: 'start',
  '& > *': { minWidth: 0 },
} as const;
