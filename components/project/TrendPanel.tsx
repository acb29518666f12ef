'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ButtonBase from '@mui/material/ButtonBase';
import dynamic from 'next/dynamic';
import { FilterMenu } from '@/components/forms/FilterMenu';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { Glyph } from '@/components/marks/Glyph';
import { cssToken } from '@/components/theme/tokens';
import { MAGIC_IDS } from '@/lib/magics/types';
import type { ProjectOverview } from '@/lib/schemas/projects';
import { PastAudits } from './PastAudits';
import { TrendTable } from './TrendTable';
import { MOST_MAGICS, parseLines, trendLines } from './trend-lines';
import { parseRange, TREND_RANGES, withinRange } from './trend-range';
import { useAddress } from './use-address';

const HEIGHT = 184;

/** The chart measures itself, so only the browser can draw it. */
const TrendChart = dynamic(() => import('./TrendChart').then((chart) => chart.TrendChart), {
  ssr: false,
  loading: () => <Box sx={{ height: HEIGHT }} />,
});

/** Health of every audit of the branch and up to four magics; period, magics and form are in the address. */
export function TrendPanel({ overview }: { overview: ProjectOverview }) {
  const t = useMessages();
  const format = useFormat();
  const { parameters, change } = useAddress();
  const words = t.project.trend;
  const range = parseRange(parameters.get('range'));
  const isTable = parameters.get('trend') === 'table';
  const points = withinRange(overview.trend, range, format.now);
  const releases = withinRange(overview.releases, range, format.now);
  const magics = parseLines(parameters.get('lines'));
  const lines = trendLines(points, magics);
  const known = points.flatMap(({ healthScore }) => (healthScore === null ? [] : [healthScore]));
  return (
    <Panel
      title={words.title}
      headingId="trend"
      meta={words.of(overview.branch)}
      action={
        <Box role="group" aria-label={words.rangeLabel} sx={{ display: 'flex', gap: 1 }}>
          {TREND_RANGES.map((one) => (
            <ButtonBase
              key={one}
              aria-pressed={one === range}
              onClick={() => change({ range: one === '90d' ? null : one }, 'push')}
              sx={RANGE}
            >
              {words.ranges[one]}
            </ButtonBase>
          ))}
        </Box>
      }
    >
      {known.length === 0 ? (
        <Box sx={{ color: 'text.secondary', minHeight: HEIGHT }}>
          <p>{overview.trend.length === 0 ? words.never : words.none}</p>
          {overview.trend.length > 0 && range !== '1y' && (
            <Button
              size="small"
              color="info"
              sx={{ ml: '-9px', mt: 1 }}
              onClick={() => change({ range: '1y' }, 'push')}
            >
              {words.longer}
            </Button>
          )}
        </Box>
      ) : isTable ? (
        <TrendTable points={points} lines={lines} releases={releases} height={HEIGHT} />
      ) : (
        <Box
          role="img"
          aria-label={[
            words.label(known.length, format.score(known[0] ?? 0), format.score(known.at(-1) ?? 0)),
            ...magics.map((magic) => t.common.magics[magic]),
          ].join(t.common.comma)}
          sx={{ mt: -2, ml: -2 }}
        >
          <TrendChart points={points} lines={lines} releases={releases} height={HEIGHT} />
        </Box>
      )}
      <Box sx={LEGEND}>
        {known.length > 0 && !isTable && (
          <>
            {points.some(({ isPartial, isChosen, isPast }) => isPartial || isChosen || isPast) && (
              <Box component="span" sx={KEY}>
                <svg width="9" height="9" aria-hidden>
                  <circle cx="4.5" cy="4.5" r="3.5" fill="none" stroke={cssToken('accentMark')} strokeWidth="1.5" />
                </svg>
                {words.hollow}
              </Box>
            )}
            {releases.length > 0 && (
              <Box component="span" sx={KEY}>
                <svg width="8" height="10" aria-hidden>
                  <path d="M4 0v10" stroke={cssToken('naMark')} strokeDasharray="2 2" />
                </svg>
                {words.release}
              </Box>
            )}
            {known.length === 1 && <span>{words.one}</span>}
          </>
        )}
        {overview.running && <span>{words.updates(overview.running.number)}</span>}
        <PastAudits overview={overview} />
        {known.length > 0 && (
          <Box component="span" sx={{ ml: 'auto', mr: '-9px', display: 'flex', gap: 1 }}>
            <FilterMenu
              label={words.magics}
              chosen={magics}
              onChange={(chosen) => change({ lines: chosen.join(',') }, 'push')}
              options={MAGIC_IDS.map((magic) => ({
                value: magic,
                name: t.common.magics[magic],
                mark: <Glyph magic={magic} />,
              }))}
              most={MOST_MAGICS}
              full={words.mostMagics(MOST_MAGICS)}
            />
            <Button size="small" color="info" onClick={() => change({ trend: isTable ? null : 'table' }, 'push')}>
              {isTable ? words.chart : words.table}
            </Button>
          </Box>
        )}
      </Box>
    </Panel>
  );
}

const RANGE = {
  height: 28,
  px: '9px',
  borderRadius: '6px',
  border: '1px solid transparent',
  color: 'text.secondary',
  fontSize: '0.78125rem',
  fontWeight: 500,
  '&[aria-pressed="true"]': { borderColor: 'elder.lineStrong', color: 'text.primary' },
  '&:hover': { bgcolor: 'elder.hover' },
  '@media (pointer: coarse)': { minWidth: 44, height: 36 },
} as const;

const LEGEND = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '2px 14px',
  minHeight: 28,
  mb: -2,
  typography: 'caption',
  color: 'elder.text3',
} as const;

const KEY = { display: 'inline-flex', alignItems: 'center', gap: '6px' } as const;
