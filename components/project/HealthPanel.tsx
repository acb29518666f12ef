'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { StatusMark } from '@/components/marks/StatusMark';
import { StatusWord } from '@/components/marks/StatusWord';
import { changeColour } from '@/components/scores/band';
import { HealthScore } from '@/components/scores/HealthScore';
import { gateWords } from '@/lib/i18n/gate-words';
import type { ProjectOverview } from '@/lib/schemas/projects';
import { ExplainHealth } from './ExplainHealth';
import { Ledger } from './Ledger';
import { reducedWeight } from './reduced-weight';
import { useAddress } from './use-address';

/** The number, what changed, the gate, and the ledger it is made of. */
export function HealthPanel({ overview }: { overview: ProjectOverview }) {
  const t = useMessages();
  const format = useFormat();
  const { parameters, change } = useAddress();
  const { current, gateAudit, running, magics, healthChange30d, healthChangeSince, healthChangeOtherYardstickAuditId } =
    overview;
  const words = t.project.health;
  const asked = magics.filter(({ weight }) => weight > 0);
  const judged = asked.filter(
    ({ score, previousScore }) => (score ?? (running ? previousScore : null)) !== null,
  ).length;
  const canExplain = current !== null && current.healthScore !== null;
  const explain = () => change({ explain: 'health' }, 'push');
  const when = current ? format.ago(current.endedAt ?? current.createdAt) : '';
  const meta = current
    ? (running ? words.lastComplete : words.from)(current.number, when)
    : running
      ? words.firstRuns
      : words.none;
  return (
    <Panel
      title={words.title}
      headingId="health"
      meta={meta}
      action={
        canExplain && (
          <Button size="small" color="info" onClick={explain} aria-haspopup="dialog">
            {words.explain}
          </Button>
        )
      }
    >
      <Box sx={LINE}>
        {current?.healthScore != null ? (
          <HealthScore
            value={current.healthScore}
            format={format}
            t={t}
            size="page"
            aside={
              <>
                {judged < asked.length && (
                  <Box component="span" sx={CHIP}>
                    <StatusMark status="partial" size={12} />
                    {t.common.coverageOf(judged, asked.length)}
                  </Box>
                )}
                {healthChange30d !== null && (
                  <Box component="span" sx={{ typography: 'body2', color: 'elder.text3' }}>
                    <Box component="span" sx={{ color: `elder.${changeColour(healthChange30d)}` }}>
                      {format.change(healthChange30d)}
                    </Box>{' '}
                    {healthChangeSince === 'first_audit' ? words.sinceFirst : words.inDays}
                  </Box>
                )}
              </>
            }
          />
        ) : (
          <Box component="p" sx={NO_SCORE}>
            – <span>{t.common.noScore}</span>
          </Box>
        )}
        {gateAudit?.gate && (
          <Box component="span" sx={GATE}>
            <StatusWord status={gateAudit.gate}>{words.gate[gateAudit.gate]}</StatusWord>{' '}
            <Box component="span" sx={{ color: 'elder.text3' }}>
              {gateWords(gateAudit, t)}
              {gateAudit.auditId !== current?.auditId && `${t.common.semicolon}${t.project.gateOf(gateAudit.number)}`}
            </Box>
          </Box>
        )}
      </Box>
      {current && healthChangeOtherYardstickAuditId && (
        <Box component="p" sx={{ typography: 'body2', color: 'elder.text3', mt: '-6px', mb: '14px' }}>
          {words.otherYardstick}{' '}
          <Link
            href={`/projects/${overview.projectId}/compare?from=${healthChangeOtherYardstickAuditId}&to=${current.auditId}`}
          >
            {words.compareYardsticks}
          </Link>
        </Box>
      )}
      <Ledger cards={magics} onExplain={canExplain ? explain : null} />
      <Box component="p" sx={{ typography: 'caption', color: 'elder.text3', mt: 2 }}>
        {words.legend} {legend(overview, t.project.health)}
        {magics.map((card) => {
          const reduced = reducedWeight(card);
          return (
            reduced && (
              <Box component="span" key={card.magic} sx={{ display: 'block' }}>
                {words.legendReduced(
                  t.common.magics[card.magic],
                  format.percent(reduced.counted),
                  format.percent(reduced.judged),
                )}
              </Box>
            )
          );
        })}
      </Box>
      {current && parameters.get('explain') === 'health' && (
        <ExplainHealth auditId={current.auditId} onClose={() => change({ explain: null })} />
      )}
    </Panel>
  );
}

function legend(
  { running, current, magics }: ProjectOverview,
  words: ReturnType<typeof useMessages>['project']['health'],
): string {
  if (running) return current ? words.legendRunning(current.number) : words.legendFirst;
  return magics.some(({ score, weight }) => weight > 0 && score === null) ? words.legendMissing : '';
}

const LINE = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'baseline',
  justifyContent: 'space-between',
  gap: '4px 16px',
  mb: '14px',
  mt: '-4px',
} as const;

const CHIP = {
  display: 'inline-flex',
  alignItems: 'center',
  alignSelf: 'center',
  gap: '5px',
  height: 22,
  px: '7px',
  borderRadius: '4px',
  bgcolor: 'elder.sunken',
  color: 'text.secondary',
  fontSize: '0.75rem',
  fontWeight: 500,
} as const;

const GATE = { typography: 'body2', display: 'inline-flex', flexWrap: 'wrap', gap: '0 6px' } as const;

const NO_SCORE = {
  fontSize: '2.25rem',
  lineHeight: '2.5rem',
  fontWeight: 600,
  color: 'elder.text3',
  '& span': { fontSize: '0.875rem', fontWeight: 400 },
} as const;
