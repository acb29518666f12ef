'use client';

import Box from '@mui/material/Box';
import { useId } from 'react';
import { FilterMenu } from '@/components/forms/FilterMenu';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { Panel } from '@/components/layout/Panel';
import { type FactColumn, FactTable } from '@/components/operations/FactTable';
import { useAddress } from '@/components/project/use-address';
import type { ScalingOutlook } from '@/lib/schemas/scaling';
import { TimePanel } from './TimePanel';
import { DASHES, type TimeLine } from './time-lines';

/** Fewer say nothing of how strategies differ. */
const LEAST_MINUTES = 60;
const MOST_BESIDE = 3;

/** What each strategy would have done with the load of the last two weeks: sums, and over time. */
export function ReplayPanel({ outlook }: { outlook: ScalingOutlook }) {
  const t = useMessages();
  const words = t.scaling.replay;
  const format = useFormat();
  const id = useId();
  const { parameters, change } = useAddress();
  const { measuredMinutes, replays, hours, settings, price } = outlook;
  if (measuredMinutes < LEAST_MINUTES) {
    const have = format.duration(measuredMinutes * 60_000);
    return (
      <Panel title={words.title} headingId={id} isFlush>
        <EmptyState
          title={measuredMinutes === 0 ? words.never : words.tooLittle(have, format.duration(LEAST_MINUTES * 60_000))}
        />
      </Panel>
    );
  }
  const took = (seconds: number | null) => (seconds === null ? '–' : format.duration(Math.round(seconds) * 1000));
  const money = (amount: number) => `${format.number(amount, 2, 2)} ${price.currency}`;
  const columns: FactColumn[] = [
    { id: 'strategy', name: words.strategy, width: 'minmax(0, 1fr)' },
    { id: 'replicas', name: words.replicas, width: '120px', isNumber: true },
    { id: 'cost', name: words.cost, width: '120px', isNumber: true },
    { id: 'wait', name: words.wait, width: '112px', isNumber: true },
    { id: 'worst', name: words.worst, width: '112px', isNumber: true },
  ];
  const rows = replays.map(({ strategy, replicaHours, cost, meanWaitSeconds, worstWaitSeconds }) => ({
    key: strategy,
    cells: {
      strategy: (
        <>
          {t.scaling.strategy[strategy]}
          {strategy === settings.strategy && <Box sx={QUIET}>{words.chosen}</Box>}
        </>
      ),
      replicas: format.number((replicaHours * 60) / measuredMinutes, 1, 1),
      cost: money(cost),
      wait: took(meanWaitSeconds),
      worst: took(worstWaitSeconds),
    },
  }));
  const others = replays.filter(({ strategy }) => strategy !== settings.strategy);
  const asked = (parameters.get('lines') ?? 'manual,hpa').split(',');
  const beside = others.filter(({ strategy }) => asked.includes(strategy)).slice(0, MOST_BESIDE);
  const chosen = replays.filter(({ strategy }) => strategy === settings.strategy);
  const linesOf = (values: 'replicas' | 'waitSeconds', show: (value: number) => string): TimeLine[] =>
    [...chosen, ...beside].map((each, index) => ({
      id: each.strategy,
      name: t.scaling.strategy[each.strategy],
      values: each[values],
      isMain: index === 0,
      dash: DASHES[index - 1] ?? null,
      show,
    }));
  const number = (value: number) => format.number(value, 1);
  const measured: TimeLine = {
    id: 'measured',
    name: words.measured,
    values: outlook.workers,
    isMain: false,
    dash: null,
    show: number,
  };
  const predictive = replays.find(({ strategy }) => strategy === 'predictive');
  const share = predictive ? predictive.forecastMinutes / predictive.measuredMinutes : 1;
  const replicaMeta = replays.every(({ replicas }) => replicas.every((value) => value !== null))
    ? undefined
    : words.gap;
  return (
    <Panel title={words.title} meta={words.meta(format.duration(measuredMinutes * 60_000))} headingId={id} isFlush>
      <FactTable label={words.title} columns={columns} rows={rows} />
      <Box sx={{ ...QUIET, px: 4, py: 3, borderTop: 1, borderBottom: 1, borderColor: 'divider' }}>
        {[words.estimate, share < 1 && words.asReactive(format.percent(share)), words.price(price.source)]
          .filter(Boolean)
          .join(' ')}
      </Box>
      <Box sx={CHARTS}>
        <TimePanel
          title={words.replicasChart}
          meta={replicaMeta}
          timeName={words.hour}
          times={hours}
          lines={[...linesOf('replicas', number), measured]}
          isStepped
          action={
            <FilterMenu
              label={words.show}
              chosen={beside.map(({ strategy }) => strategy)}
              onChange={(next) => change({ lines: next.join(',') || 'none' }, 'push')}
              options={others.map(({ strategy }) => ({ value: strategy, name: t.scaling.strategy[strategy] }))}
              most={MOST_BESIDE}
              full={words.most(MOST_BESIDE)}
            />
          }
        />
        <TimePanel
          title={words.waitChart}
          meta={words.waitMeta}
          timeName={words.hour}
          times={hours}
          lines={linesOf('waitSeconds', took)}
          axisWidth={84}
        />
      </Box>
    </Panel>
  );
}

const QUIET = { typography: 'body2', color: 'text.secondary', fontWeight: 400 } as const;
const CHARTS = {
  display: 'grid',
  gap: 6,
  p: 4,
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' },
} as const;
