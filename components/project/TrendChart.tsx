'use client';

import { LineChart } from '@mui/x-charts/LineChart';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { cssToken } from '@/components/theme/tokens';
import type { ProjectOverview, TrendPoint } from '@/lib/schemas/projects';
import { LABEL, TrendBands, TrendLabels, TrendMarks, TrendReleases } from './TrendLayers';
import type { TrendLine } from './trend-lines';
import { BAND_EDGES, scaleOf, spanOf } from './trend-range';

interface TrendChartProps {
  points: readonly TrendPoint[];
  /** Health first, then the magics added to it. */
  lines: readonly TrendLine[];
  releases: ProjectOverview['releases'];
  height: number;
}

const MARGIN = { top: 8, bottom: 2, left: 2 };
const BANDS_WIDTH = 62;
const NAMES_WIDTH = 104;

/** Straight lines from audit to audit; gaps stay gaps, partial audits are hollow. */
export function TrendChart({ points, lines, releases, height }: TrendChartProps) {
  const t = useMessages();
  const format = useFormat();
  const scale = scaleOf(lines.flatMap(({ scores }) => scores));
  const span = spanOf(points);
  const hasNames = lines.length > 1;
  return (
    <LineChart
      height={height}
      margin={{ ...MARGIN, right: hasNames ? NAMES_WIDTH : BANDS_WIDTH }}
      skipAnimation
      hideLegend
      axisHighlight={{ x: 'line' }}
      xAxis={[
        {
          data: points.map(({ at }) => new Date(at)),
          scaleType: 'time',
          min: span.from,
          max: span.to,
          disableLine: true,
          disableTicks: true,
          height: 22,
          tickNumber: 4,
          valueFormatter: (value: Date, { location }) => {
            if (location !== 'tick') return format.dateTime(value.toISOString());
            return (span.isShort ? format.time : format.date)(value.toISOString());
          },
          tickLabelStyle: LABEL,
        },
      ]}
      yAxis={[
        {
          min: scale.from,
          max: scale.to,
          width: 24,
          disableLine: true,
          disableTicks: true,
          tickInterval: BAND_EDGES.filter((edge) => edge >= scale.from),
          tickLabelStyle: LABEL,
        },
      ]}
      series={lines.map(({ id, scores }) => ({
        id,
        data: scores,
        label: id === 'health' ? t.project.trend.health : t.common.magics[id],
        color: cssToken(id === 'health' ? 'accentMark' : 'text2'),
        curve: 'linear' as const,
        connectNulls: false,
        showMark: false,
        valueFormatter: (value: number | null) => (value === null ? '–' : format.score(value)),
      }))}
      sx={{
        '& .MuiLineElement-root, & .MuiLineChart-line': { strokeWidth: 1.75 },
        '& .MuiChartsAxis-tickLabel': { fill: cssToken('text3') },
        ...dashStyles(lines),
      }}
    >
      <TrendBands {...scale} names={hasNames ? null : t.common.bands} />
      <TrendReleases releases={releases} />
      <TrendMarks points={points} lines={lines} />
      {hasNames && <TrendLabels points={points} lines={lines} />}
    </LineChart>
  );
}

function dashStyles(lines: readonly TrendLine[]): Record<string, object> {
  return Object.fromEntries(
    lines.flatMap(({ id, dash }) =>
      dash ? [[`& [data-series="${id}"]`, { strokeDasharray: dash, strokeWidth: 1.4 }]] : [],
    ),
  );
}
