'use client';

import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { PhoneBack } from '@/components/layout/PhoneBack';
import { useReturnToRow } from '@/components/layout/use-return-to-row';
import { ConnectionNote } from '@/components/live/ConnectionNote';
import { useAddress } from '@/components/project/use-address';
import { useOverview } from '@/components/project/use-overview';
import type { MagicId } from '@/lib/magics/types';
import { loadMagicDetail } from './load-magic-detail';
import { MagicHead } from './MagicHead';
import { RuleDetail } from './RuleDetail';
import { RuleList } from './RuleList';
import { ScoreSumTable } from './ScoreSumTable';
import { withShownPoints } from './score-sum';

/** Rules at the left; the sum behind the score, or the chosen rule, at the right. */
export function MagicPageView({ projectId, magic }: { projectId: string; magic: MagicId }) {
  const t = useMessages();
  const { parameters, change } = useAddress();
  const overview = useOverview(projectId).data;
  const query = useQuery({
    queryKey: queryKeys.magic(projectId, magic),
    queryFn: ({ signal }) => loadMagicDetail(projectId, magic, signal),
  });
  const detail = query.data ?? null;
  const ruleId = parameters.get('rule');
  const rules = detail ? withShownPoints(detail) : [];
  const result = rules.find((one) => one.ruleId === ruleId);
  const openId = result?.ruleId ?? null;
  const pane = useRef<HTMLElement>(null);
  const returnTo = useReturnToRow(openId);

  // Where the pane takes the place of a long list, it begins above what was on screen.
  useEffect(() => {
    if (openId !== null && pane.current && pane.current.getBoundingClientRect().top < TOP_BAR_PX - 1) {
      pane.current.scrollIntoView({ block: 'start' });
    }
  }, [openId]);

  const close = (id: string) => {
    returnTo(id);
    change({ rule: null });
  };
  return (
    <>
      {overview && <PhoneBack href={`/projects/${projectId}`}>{overview.projectName}</PhoneBack>}
      <MagicHead projectId={projectId} magic={magic} detail={detail} />
      <Box sx={{ display: 'grid', gap: 3, mb: 3, '&:empty': { display: 'none' } }}>
        <ConnectionNote />
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      </Box>
      {query.data === null && (
        <Paper variant="outlined" sx={{ borderRadius: '8px' }}>
          <EmptyState title={overview?.running ? t.magic.neverRuns : t.magic.never} />
        </Paper>
      )}
      {detail && (
        <Paper variant="outlined" sx={{ ...SPLIT }} data-open={openId !== null}>
          <Box component="section" aria-label={t.magic.rules} className="list" sx={LIST}>
            {detail.rules.length === 0 ? (
              <EmptyState title={t.magic.none} />
            ) : (
              <RuleList rules={rules} selectedId={openId} onOpen={(id) => change({ rule: id }, 'push')} />
            )}
          </Box>
          <Box ref={pane} key={openId} className="detail" sx={DETAIL}>
            {result ? (
              <RuleDetail
                projectId={projectId}
                result={result}
                findings={detail.findings[result.ruleId] ?? []}
                onClose={() => close(result.ruleId)}
              />
            ) : (
              <ScoreSumTable detail={detail} />
            )}
          </Box>
        </Paper>
      )}
    </>
  );
}

/** A magic that has judged nothing yet is no error of the page. */

const WIDE = '@media (min-width: 1100px)';
const TOP_BAR_PX = 48;

/** A rule stays in sight beside the row it was chosen from, wherever that is in the list. */
const DETAIL = {
  minWidth: 0,
  [WIDE]: {
    '[data-open="true"] > &': {
      position: 'sticky',
      top: TOP_BAR_PX,
      maxHeight: `calc(100dvh - ${TOP_BAR_PX}px)`,
      overflowY: 'auto',
    },
  },
} as const;

const SPLIT = {
  borderRadius: { xs: 0, sm: '8px' },
  mx: { xs: -4, sm: 0 },
  overflow: 'clip',
  [WIDE]: { display: 'grid', gridTemplateColumns: '440px minmax(0, 1fr)', alignItems: 'start' },
  '@media (max-width: 1099.95px)': {
    '&[data-open="true"] .list': { display: 'none' },
    '&[data-open="false"] .detail': { borderTop: 1, borderColor: 'divider' },
  },
} as const;

const LIST = {
  minWidth: 0,
  [WIDE]: { borderRight: 1, borderColor: 'divider', height: '100%' },
  '& > ul > li:last-of-type li:last-of-type a': { borderBottom: 0 },
} as const;
