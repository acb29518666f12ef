'use client';

import Box from '@mui/material/Box';
import { useId } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { Panel } from '@/components/layout/Panel';
import type { ScalingOutlook } from '@/lib/schemas/scaling';
import { TimePanel } from './TimePanel';
import { DASHES, type TimeLine } from './time-lines';

/** What is expected of the next day, between which bounds, and how often such bounds were right. */
export function ForecastPanel({ outlook: { forecast, price } }: { outlook: ScalingOutlook }) {
  const t = useMessages();
  const words = t.scaling.forecast;
  const format = useFormat();
  const id = useId();
  if (!forecast) {
    return (
      <Panel title={words.title} headingId={id} isFlush>
        <EmptyState title={words.none} />
      </Panel>
    );
  }
  const { model, madeAt, level, confidence, scores, steps } = forecast;
  const number = (value: number) => format.number(value, 2);
  const lineOf = (
    name: 'load' | 'low' | 'high' | 'replicas',
    dash: string | null,
    show: (value: number) => string,
  ): TimeLine => ({
    id: name,
    name: words[name],
    values: steps.map((step) => step[name]),
    isMain: dash === null,
    dash,
    show,
  });
  const against = scores.find((score) => score.model === model)?.againstNaive ?? null;
  const facts = [
    confidence === null ? words.noConfidence : words.confidence(format.percent(confidence), format.percent(level)),
    model !== 'seasonal-naive' && against !== null ? words.against(format.percent(against)) : null,
  ];
  return (
    <Panel title={words.title} meta={words.meta(words.model[model] ?? model, format.ago(madeAt))} headingId={id}>
      <Box component="p" sx={{ mb: 4, maxWidth: '76ch', color: 'text.secondary' }}>
        {facts.filter(Boolean).join(' ')}
      </Box>
      <Box sx={CHARTS}>
        <TimePanel
          title={words.load}
          meta={words.unit}
          timeName={words.at}
          times={steps.map(({ at }) => at)}
          lines={[lineOf('load', null, number), lineOf('high', DASHES[0], number), lineOf('low', DASHES[1], number)]}
        />
        <TimePanel
          title={words.replicas}
          timeName={words.at}
          times={steps.map(({ at }) => at)}
          lines={[lineOf('replicas', null, (value) => format.number(value))]}
          isStepped
          action={
            <Box component="span" sx={{ typography: 'body2', color: 'text.secondary' }}>
              {words.costOf(
                `${format.number(
                  steps.reduce((sum, { cost }) => sum + cost, 0),
                  2,
                  2,
                )} ${price.currency}`,
              )}
            </Box>
          }
        />
      </Box>
    </Panel>
  );
}

const CHARTS = {
  display: 'grid',
  gap: 6,
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' },
} as const;
