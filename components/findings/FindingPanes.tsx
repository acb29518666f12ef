'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import useMediaQuery from '@mui/material/useMediaQuery';
import { type ReactNode, useState } from 'react';
import { flushSync } from 'react-dom';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { RowSkeletons } from '@/components/feedback/Skeletons';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { focusRow, useReturnToRow } from '@/components/layout/use-return-to-row';
import { useAddress } from '@/components/project/use-address';
import { useSelection } from '@/components/projects/use-selection';
import type { Verdict } from '@/lib/magics/types';
import type { FindingPage, FindingView } from '@/lib/schemas/findings';
import { AssignMenu } from './AssignMenu';
import { BulkTriageBar } from './BulkTriageBar';
import { FindingDetail } from './FindingDetail';
import { FindingList } from './FindingList';
import type { Grouping } from './filter';
import { groupFindings } from './group-findings';
import type { RuleTexts } from './rule-texts';
import { TriageBar } from './TriageBar';
import { useFindingKeys } from './use-finding-keys';
import { useFinding } from './use-findings';
import { usePatch } from './use-patch';
import type { Triage } from './use-triage';
import { VerdictDialog } from './VerdictDialog';

interface FindingPanesProps {
  title: ReactNode;
  /** Filters; the chosen findings take their place. */
  bar: ReactNode;
  notes: ReactNode;
  /** Shown for an empty list. */
  nothing: ReactNode;
  /** At the end of the list. */
  foot?: ReactNode;
  pages: readonly FindingPage[] | undefined;
  isPending: boolean;
  more: { isFetching: boolean; fetch: () => void } | null;
  rules: Readonly<Record<string, RuleTexts>>;
  grouping: Grouping;
  /** Name of the query under which a finding beside the list is kept. */
  keyOf: (findingId: string) => readonly unknown[];
  repositoryUrlOf: (finding: FindingView) => string;
  projectNameOf: (finding: FindingView) => string | null;
  triage: Triage;
  canTriage: boolean;
  /** Whether a finding leaves the list with its verdict. */
  isOpenList: boolean;
}

/** List and detail side by side, with what can be done; under 1100 px the detail takes the list's place. */
export function FindingPanes(props: FindingPanesProps) {
  const { pages, rules, grouping, triage, canTriage, isOpenList } = props;
  const t = useMessages();
  const format = useFormat();
  const { parameters, latest, change } = useAddress();
  const isWide = useMediaQuery('(min-width: 1100px)');
  const page = pages?.[0];
  // In the order in which the list shows them: keys, ranges and places follow it.
  const findings = groupFindings(pages?.flatMap(({ items }) => items) ?? [], grouping).flatMap(
    (group) => group.findings,
  );
  const asked = parameters.get('finding');
  const selectedId = asked ?? (isWide ? (findings[0]?.findingId ?? null) : null);
  const { finding, error } = useFinding(props.keyOf, selectedId, findings);
  const at = findings.findIndex(({ findingId }) => findingId === selectedId);
  const returnTo = useReturnToRow(asked);
  const [judging, setJudging] = useState<{ verdict: Verdict; ids: string[] } | null>(null);
  const [assigning, setAssigning] = useState<{ anchor: HTMLElement; ids: string[] } | null>(null);
  const [writing, setWriting] = useState<{ on: string; times: number } | null>(null);
  const { patch } = usePatch(finding);
  const selection = useSelection(
    findings.map(({ findingId }) => findingId),
    canTriage,
    'row',
  );
  const chosen = [...selection.ids];
  const own = finding ? [finding.findingId] : [];
  /** What keys are about: the address is ahead of what is drawn, and a key may follow a choice at once. */
  const chosenNow = () => latest().get('finding');
  const atHand = () => (chosen.length > 0 ? chosen : [chosenNow() ?? selectedId].filter((id) => id !== null));
  // Whoever goes on to another finding is not writing any more, also once they come back.
  if (writing && writing.on !== selectedId && writing.on !== chosenNow()) setWriting(null);
  const target = (ids: readonly string[]) => findings.find(({ findingId }) => findingId === ids[0]) ?? finding;

  const close = () => {
    if (asked) returnTo(asked);
    change({ finding: null, tab: null });
  };
  /** Beside its list the pane has nothing to close: the way back is to its row. */
  const back = () => {
    if (!asked || !isWide || !focusRow(asked)) close();
  };
  const judge = (ids: readonly string[], verdict: Parameters<Triage['apply']>[1]['verdict']) => {
    const next = verdict && isOpenList ? nextAfter(findings, at, ids) : null;
    triage.apply(ids, { verdict });
    selection.clear();
    if (!isWide || !verdict || !isOpenList || !selectedId || !ids.includes(selectedId)) return;
    change({ finding: next });
    if (next) requestAnimationFrame(() => focusRow(next));
  };
  const comment = () => {
    const on = chosenNow() ?? selectedId;
    if (on === null) return;
    // At once, for what is typed next is meant for the field; the address is drawn when there is time.
    flushSync(() => setWriting((before) => ({ on, times: (before?.times ?? 0) + 1 })));
    change({ tab: 'comments' });
  };
  useFindingKeys({
    isAwaitingField: !error && writing !== null && writing.on === chosenNow() && writing.on !== finding?.findingId,
    patch: patch?.patch ?? null,
    onBack: asked && chosen.length === 0 ? back : null,
    onUndo: triage.undo,
    triage:
      canTriage && (finding || chosen.length > 0)
        ? {
            onJudge: (verdict) => setJudging({ verdict, ids: atHand() }),
            onAssign: () => {
              const anchor = document.querySelector<HTMLElement>('[data-assign]');
              if (anchor) setAssigning({ anchor, ids: atHand() });
            },
            onComment: comment,
          }
        : null,
  });
  const count = judging?.ids.length ?? 0;
  return (
    <Box sx={FRAME} data-open={asked !== null}>
      <Box className="title" sx={TITLE}>
        {props.title}
      </Box>
      <Box className="head">
        {chosen.length > 0 ? (
          <BulkTriageBar
            selection={selection}
            onAssign={(anchor) => setAssigning({ anchor, ids: chosen })}
            onJudge={(verdict) => setJudging({ verdict, ids: chosen })}
            onTakeBack={() => judge(chosen, null)}
          />
        ) : (
          props.bar
        )}
        <Box sx={NOTES}>{props.notes}</Box>
      </Box>
      <Box sx={SPLIT}>
        <Box component="section" aria-label={t.findings.list} className="list" sx={LIST}>
          {props.isPending && <RowSkeletons height={54} />}
          <FindingList
            findings={findings}
            grouping={grouping}
            ruleCounts={page?.ruleCounts ?? {}}
            rules={rules}
            selectedId={selectedId}
            hrefOf={(findingId) => `?${new URLSearchParams({ ...Object.fromEntries(parameters), finding: findingId })}`}
            onOpen={(findingId) => change({ finding: findingId }, isWide ? 'replace' : 'push')}
            onFocus={(findingId) => isWide && findingId !== selectedId && change({ finding: findingId })}
            selection={canTriage ? selection : null}
            projectNameOf={props.projectNameOf}
          />
          {page && findings.length === 0 && props.nothing}
          {page && findings.length > 0 && (
            <Box sx={FOOT}>
              <span>{t.findings.shown(format.number(findings.length), format.number(page.total))}</span>
              {props.more && (
                <Button size="small" color="info" loading={props.more.isFetching} onClick={props.more.fetch}>
                  {t.findings.showMore}
                </Button>
              )}
              {props.foot}
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
              repositoryUrl={props.repositoryUrlOf(finding)}
              position={at >= 0 && page ? t.findings.position(format.number(at + 1), format.number(page.total)) : null}
              canTriage={canTriage}
              writing={writing?.on === finding.findingId ? writing.times : 0}
              onStopWriting={() => setWriting(null)}
              onClose={close}
            />
          )}
          {!finding && !error && findings.length > 0 && (
            <Box component="p" sx={{ p: 5, color: 'elder.text3' }}>
              {t.findings.empty.choose}
            </Box>
          )}
          {finding && canTriage && (
            <TriageBar
              hasVerdict={finding.verdict !== null}
              hasPatch={patch !== null}
              isBesideList={findings.length > 0}
              onAssign={(anchor) => setAssigning({ anchor, ids: own })}
              onJudge={(verdict) => setJudging({ verdict, ids: own })}
              onTakeBack={() => judge(own, null)}
              onComment={comment}
            />
          )}
          {finding && !canTriage && (
            <Box component="p" sx={VIEWER}>
              {t.triage.viewer}
            </Box>
          )}
        </Box>
      </Box>
      {judging && (
        <VerdictDialog
          title={t.triage.dialog.titles[judging.verdict](count)}
          submit={t.triage.dialog.submit[judging.verdict]}
          onClose={() => setJudging(null)}
          onSubmit={(reason, until) => {
            setJudging(null);
            judge(judging.ids, { verdict: judging.verdict, reason, until });
          }}
        />
      )}
      <AssignMenu
        projectId={target(assigning?.ids ?? [])?.projectId ?? ''}
        anchor={assigning?.anchor ?? null}
        assigneeId={assigning?.ids.length === 1 ? (target(assigning.ids)?.assignee?.userId ?? null) : undefined}
        onClose={() => setAssigning(null)}
        onChoose={(assignee) => {
          triage.apply(assigning?.ids ?? [], { assignee });
          selection.clear();
        }}
      />
    </Box>
  );
}

/** The finding to look at once some have left the list: the first after the one at hand that stays, else the last before. */
function nextAfter(findings: readonly FindingView[], at: number, gone: readonly string[]): string | null {
  const stays = ({ findingId }: FindingView) => !gone.includes(findingId);
  const next = findings.slice(at + 1).find(stays) ?? findings.slice(0, Math.max(0, at)).findLast(stays);
  return next?.findingId ?? null;
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
  display: 'flex',
  flexDirection: 'column',
  [WIDE]: { overflowY: 'auto' },
  // Between the top bar and, on a phone, the bottom bar: what can be done stays at the lower edge.
  [NARROW]: { minHeight: { xs: 'calc(100dvh - 112px)', md: 'calc(100dvh - 48px)' } },
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

const VIEWER = {
  px: { xs: 4, md: 5 },
  py: 3,
  typography: 'body2',
  color: 'elder.text3',
  borderTop: 1,
  borderColor: 'divider',
} as const;
