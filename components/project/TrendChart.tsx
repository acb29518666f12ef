'use client';

import { useDrawingArea, useXScale, useYScale } from '@mui/x-charts/hooks';
import { LineChart } from '@mui/x-charts/LineChart';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { cssToken } from '@/components/theme/tokens';
import type { Band } from '@/lib/i18n/bands';
import type { ProjectOverview, TrendPoint } from '@/lib/schemas/projects';
import { scaleOf } from './trend-range';

interface TrendChartProps {
  points: readonly TrendPoint[];
  releases: ProjectOverview['releases'];
}

const CHART_HEIGHT = 168;
const MARGIN = { top: 8, right: 62, bottom: 2, left: 2 };
const FEWEST_PX_BETWEEN_TAGS = 48;
const BANDS: readonly { from: number; to: number; band: Band }[] = [
  { from: 90, to: 100, band: 'excellent' },
  { from: 75, to: 90, band: 'good' },
  { from: 60, to: 75, band: 'fair' },
  { from: 40, to: 60, band: 'weak' },
  { from: 0, to: 40, band: 'poor' },
];

/** Straight lines from audit to audit; gaps stay gaps, partial audits are hollow. */
export default function TrendChart({ points, releases }: TrendChartProps) {
  const t = useMessages();
  const format = useFormat();
  const { from, to } = scaleOf(points);
  return (
    <LineChart
      height={CHART_HEIGHT}
      margin={MARGIN}
      skipAnimation
      hideLegend
      axisHighlight={{ x: 'line' }}
      xAxis={[
        {
          data: points.map(({ at }) => new Date(at)),
          scaleType: 'time',
          disableLine: true,
          disableTicks: true,
          height: 22,
          tickNumber: 4,
          valueFormatter: (value: Date, { location }) =>
            location === 'tick' ? format.date(value.toISOString()) : format.dateTime(value.toISOString()),
          tickLabelStyle: LABEL,
        },
      ]}
      yAxis={[
        {
          min: from,
          max: to,
          width: 24,
          disableLine: true,
          disableTicks: true,
          tickInterval: BANDS.map((band) => band.from).filter((edge) => edge >= from),
          tickLabelStyle: LABEL,
        },
      ]}
      series={[
        {
          data: points.map(({ healthScore }) => healthScore),
          label: t.project.trend.health,
          color: cssToken('accentMark'),
          curve: 'linear',
          connectNulls: false,
          showMark: false,
          valueFormatter: (value) => (value === null ? '–' : format.score(value)),
        },
      ]}
      sx={{
        '& .MuiLineElement-root, & .MuiLineChart-line': { strokeWidth: 1.75 },
        '& .MuiChartsAxis-tickLabel': { fill: cssToken('text3') },
      }}
    >
      <Bands from={from} to={to} names={t.common.bands} />
      <Releases releases={releases} />
      <Marks points={points} />
    </LineChart>
  );
}

function Bands({ from, to, names }: { from: number; to: number; names: Record<Band, string> }) {
  const { left, width } = useDrawingArea();
  const y = useYScale<'linear'>();
  return BANDS.filter((band) => band.from < to && band.to > from).map((band) => (
    <g key={band.band}>
      {band.from >= from && (
        <line
          x1={left}
          x2={left + width}
          y1={y(band.from)}
          y2={y(band.from)}
          stroke={cssToken('line')}
          shapeRendering="crispEdges"
        />
      )}
      <text
        x={left + width + 8}
        y={(y(Math.max(band.from, from)) + y(Math.min(band.to, to))) / 2}
        dominantBaseline="middle"
        style={LABEL}
        fill={cssToken('text3')}
      >
        {names[band.band]}
      </text>
    </g>
  ));
}

/** Each release has its line; a tag is left out where the one before would be written over. */
function Releases({ releases }: { releases: ProjectOverview['releases'] }) {
  const { left, top, width, height } = useDrawingArea();
  const x = useXScale<'time'>();
  let lastTag = Number.NEGATIVE_INFINITY;
  return releases.map(({ name, at }) => {
    const place = x(new Date(at));
    if (place < left || place > left + width) return null;
    const hasTag = place - lastTag >= FEWEST_PX_BETWEEN_TAGS && place < left + width - 24;
    if (hasTag) lastTag = place;
    return (
      <g key={`${name} ${at}`}>
        <line
          x1={place}
          x2={place}
          y1={top}
          y2={top + height}
          stroke={cssToken('naMark')}
          strokeDasharray="2 2"
          strokeWidth={1.1}
        />
        {hasTag && (
          <text x={place + 4} y={top + height - 4} style={LABEL} fill={cssToken('text3')}>
            {name.length > 12 ? `${name.slice(0, 11)}…` : name}
          </text>
        )}
      </g>
    );
  });
}

function Marks({ points }: { points: readonly TrendPoint[] }) {
  const x = useXScale<'time'>();
  const y = useYScale<'linear'>();
  const last = points.findLastIndex(({ healthScore }) => healthScore !== null);
  return points.map(({ auditId, at, healthScore, isPartial }, index) => {
    const isAlone = points[index - 1]?.healthScore == null && points[index + 1]?.healthScore == null;
    if (healthScore === null || (!isPartial && index !== last && !isAlone)) return null;
    return (
      <circle
        key={auditId}
        cx={x(new Date(at))}
        cy={y(healthScore)}
        r={isPartial ? 3.2 : 3}
        fill={isPartial ? cssToken('surface') : cssToken('accentMark')}
        stroke={cssToken('accentMark')}
        strokeWidth={1.5}
      />
    );
  });
}

const LABEL = { fontSize: 11 };
