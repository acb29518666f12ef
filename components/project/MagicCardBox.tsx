'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { Elapsed } from '@/components/i18n/Elapsed';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Glyph } from '@/components/marks/Glyph';
import { Icon } from '@/components/marks/Icon';
import { SeverityCounts } from '@/components/marks/SeverityCounts';
import { StatusWord } from '@/components/marks/StatusWord';
import { Change } from '@/components/scores/Change';
import { ScoreBar } from '@/components/scores/ScoreBar';
import { AppLink } from '@/components/theme/AppLink';
import { shownChange } from '@/lib/i18n/shown-change';
import { littleJudged } from '@/lib/i18n/status-of-magic';
import { SEVERITIES } from '@/lib/magics/types';
import type { AuditProgress, MagicCard } from '@/lib/schemas/audits';
import { isPendingCard, lowestSubScores, noScoreReason, statusColour, subScoreColour } from './card-words';
import { groupName, type ProjectNames } from './names';

interface MagicCardProps {
  card: MagicCard;
  projectId: string;
  progress: AuditProgress | null;
  isOver: boolean;
  groups: ProjectNames['groups'];
  onRerun?: ((card: MagicCard) => void) | undefined;
}

/** A magic's card; its name leads to its page and the whole card is that link. */
export function MagicCardBox(props: MagicCardProps) {
  const t = useMessages();
  const { card, projectId } = props;
  const isPending = isPendingCard(card);
  const isRunning = card.status === 'running' && !props.isOver;
  const isOff = card.score === null && (!isPending || props.isOver);
  return (
    <Box
      component="article"
      aria-labelledby={`magic-${card.magic}`}
      sx={{ ...CARD, ...(isRunning && RUNNING), ...(isOff && OFF) }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, mb: 2 }}>
        <Box component="span" sx={{ color: 'text.secondary' }}>
          <Glyph magic={card.magic} size={18} />
        </Box>
        <Box component="h3" id={`magic-${card.magic}`} sx={{ typography: 'h3', flex: 1, minWidth: 0 }}>
          <Box component={AppLink} href={`/projects/${projectId}/magics/${card.magic}`} sx={COVER}>
            {t.common.magics[card.magic]}
          </Box>
        </Box>
        <Box component="span" sx={{ typography: 'body2' }}>
          {isPending && props.isOver ? (
            <StatusWord status="not_applicable">{t.project.cards.notJudged}</StatusWord>
          ) : (
            <StatusWord status={card.status}>{t.common.status[card.status]}</StatusWord>
          )}
        </Box>
      </Box>
      <MagicCardBody {...props} />
    </Box>
  );
}

export function MagicCardBody(props: MagicCardProps) {
  return props.card.score === null ? <Pending {...props} /> : <Judged {...props} score={props.card.score} />;
}

function Judged({ card, groups, score }: MagicCardProps & { score: number }) {
  const t = useMessages();
  const format = useFormat();
  const { previousScore, counts, magic } = card;
  const lowest = lowestSubScores(card);
  const little = littleJudged(card, t);
  const hasFindings = SEVERITIES.some((severity) => (counts[severity] ?? 0) > 0);
  return (
    <>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', gap: '2px 8px', mb: '7px' }}>
        <Box component="span" sx={SCORE}>
          {format.score(score)}
        </Box>
        {previousScore !== null && (
          <Box component="span" sx={{ typography: 'body2' }}>
            <Change value={shownChange(previousScore, score)} format={format} />
          </Box>
        )}
        <Box component="span" sx={{ ml: 'auto', typography: 'body2', color: 'elder.text3' }}>
          {hasFindings ? <SeverityCounts counts={counts} t={t} /> : t.project.cards.noFindings}
        </Box>
      </Box>
      <ScoreBar value={score} colour={statusColour(card.status)} />
      <Box component="dl" aria-label={t.project.cards.subScores} sx={{ display: 'grid', gap: '3px', mt: 2 }}>
        {lowest.map(({ id, score: part }) => (
          <Box key={id} sx={SUB}>
            <Box component="dt" sx={ELLIPSIS} title={groupName(groups, magic, id)}>
              {groupName(groups, magic, id)}
            </Box>
            <ScoreBar value={part} colour={subScoreColour(part)} height={3} />
            <Box component="dd" sx={{ color: 'text.primary', fontWeight: 500, textAlign: 'right' }}>
              {format.score(part)}
            </Box>
          </Box>
        ))}
      </Box>
      <Box sx={FOOT}>
        {card.fixes > 0 && (
          <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 1 }}>
            <Icon name="wrench" size={12} />
            {t.project.cards.fixes(card.fixes)}
          </Box>
        )}
        {card.skipped.length > 0 && <span>{t.project.cards.notEvaluated(card.skipped.length)}</span>}
        {card.cap && <span>{t.project.cards.capped(card.cap.limit)}</span>}
        {little !== null && <span>{t.project.cards.little(little)}</span>}
        {card.keptFrom !== null && <span>{t.project.cards.keptFrom(card.keptFrom)}</span>}
        {card.executionTime !== null && (
          <Box component="span" sx={{ ml: 'auto' }}>
            {format.duration(card.executionTime)}
          </Box>
        )}
      </Box>
    </>
  );
}

function Pending({ card, progress, isOver, onRerun }: MagicCardProps) {
  const t = useMessages();
  const format = useFormat();
  const { status, previousScore, startedAt, worker } = card;
  const isPending = isPendingCard(card) && !isOver;
  return (
    <>
      {isPending && previousScore !== null ? (
        <>
          <Box sx={{ display: 'flex', alignItems: 'baseline', gap: 2 }}>
            <Box component="span" sx={{ ...SCORE, color: 'elder.text3' }}>
              {format.score(previousScore)}
            </Box>
            <Box component="span" sx={{ typography: 'body2', color: 'elder.text3' }}>
              {t.project.cards.fromBefore}
            </Box>
          </Box>
          <Box sx={{ mt: '7px', mb: 2 }}>
            <ScoreBar value={previousScore} colour="naMark" />
          </Box>
        </>
      ) : (
        <Box component="p" sx={{ color: 'text.secondary', mb: 2, lineHeight: '1.75rem' }}>
          <span aria-hidden>– </span>
          {t.common.noScore}
        </Box>
      )}
      <Box component="p" sx={{ typography: 'body2', color: 'text.secondary', overflowWrap: 'anywhere' }}>
        {isOver && isPendingCard(card) ? t.project.cards.notReached : noScoreReason(card, progress, t, format.language)}
      </Box>
      <Box sx={FOOT}>
        {isPending && status === 'running' && startedAt && <Elapsed since={startedAt} />}
        {!isPending && card.skipped.length > 0 && <span>{t.project.cards.notEvaluated(card.skipped.length)}</span>}
        {status === 'error' && onRerun && (
          <Button size="small" color="info" onClick={() => onRerun(card)} sx={{ ml: '-9px', position: 'relative' }}>
            {t.project.cards.rerun}
          </Button>
        )}
        {isPending && status === 'running' && worker && (
          <Box component="span" sx={{ ml: 'auto', ...ELLIPSIS }}>
            {worker}
          </Box>
        )}
      </Box>
    </>
  );
}

const ELLIPSIS = { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;

const CARD = {
  position: 'relative',
  flex: 1,
  minWidth: 0,
  display: 'flex',
  flexDirection: 'column',
  minHeight: 176,
  px: '14px',
  pt: 3,
  pb: '10px',
  bgcolor: 'background.paper',
  border: 1,
  borderColor: 'divider',
  borderRadius: '8px',
  '&:hover': { borderColor: 'elder.lineStrong' },
} as const;

const RUNNING = {
  borderColor: 'color-mix(in srgb, var(--mui-palette-elder-accentMark) 55%, var(--mui-palette-elder-line))',
} as const;

const OFF = { bgcolor: 'transparent', borderStyle: 'dashed', borderColor: 'elder.lineStrong' } as const;

/** The link's own box covers the card, so that text in it stays one link with one name. */
const COVER = {
  '&::after': { content: '""', position: 'absolute', inset: 0, borderRadius: '8px' },
  '&:focus-visible': { outline: 'none' },
  '&:focus-visible::after': { outline: '2px solid var(--mui-palette-elder-accentMark)', outlineOffset: '2px' },
} as const;

const SCORE = { fontSize: '1.5rem', lineHeight: '1.75rem', fontWeight: 600, letterSpacing: '-0.02em' } as const;

const SUB = {
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr) 56px 24px',
  gap: 2,
  alignItems: 'center',
  fontSize: 'var(--elder-small)',
  lineHeight: 'var(--elder-line-small)',
  color: 'text.secondary',
} as const;

const FOOT = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '0 10px',
  mt: 'auto',
  pt: 2,
  fontSize: 'var(--elder-small)',
  lineHeight: 'var(--elder-line-small)',
  color: 'elder.text3',
} as const;
