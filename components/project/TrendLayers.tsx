'use client';

import { useDrawingArea, useXScale, useYScale } from '@mui/x-charts/hooks';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { cssToken } from '@/components/theme/tokens';
import type { Band } from '@/lib/i18n/bands';
import type { ProjectOverview, TrendPoint } from '@/lib/schemas/projects';
import { spread, type TrendLine } from './trend-lines';

const FEWEST_PX_BETWEEN_TAGS = 48;
const LINE_OF_TEXT = 13;
const BANDS: readonly { from: number; to: number; band: Band }[] = [
  { from: 90, to: 100, band: 'excellent' },
  { from: 75, to: 90, band: 'good' },
  { from: 60, to: 75, band: 'fair' },
  { from: 40, to: 60, band: 'weak' },
  { from: 0, to: 40, band: 'poor' },
];

export const LABEL = { fontSize: 11, fill: cssToken('text3') };

interface TrendBandsProps {
  from: number;
  to: number;
  /** Null where names of lines take the right edge. */
  names: Record<Band, string> | null;
}

/** The grid: a line at each edge of a band, its word at the right. */
export function TrendBands({ from, to, names }: TrendBandsProps) {
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
      {names && (
        <text
          x={left + width + 8}
          y={(y(Math.max(band.from, from)) + y(Math.min(band.to, to))) / 2}
          dominantBaseline="middle"
          style={LABEL}
        >
          {names[band.band]}
        </text>
      )}
    </g>
  ));
}

/** Each release has its line; a tag is left out where the one before would be written over. */
export function TrendReleases({ releases }: { releases: ProjectOverview['releases'] }) {
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
          <text x={place + 4} y={top + height - 4} style={LABEL}>
            {name.length > 12 ? `${name.slice(0, 11)}…` : name}
          </text>
        )}
      </g>
    );
  });
}

interface LinesProps {
  points: readonly TrendPoint[];
  lines: readonly TrendLine[];
}

/** The last point of each line, those that no line reaches, and of the health those of partial and past audits. */
export function TrendMarks({ points, lines }: LinesProps) {
  const x = useXScale<'time'>();
  const y = useYScale<'linear'>();
  return lines.flatMap(({ id, scores }) => {
    const isHealth = id === 'health';
    const last = scores.findLastIndex((score) => score !== null);
    const colour = cssToken(isHealth ? 'accentMark' : 'text2');
    return points.map(({ auditId, at, isPartial, isChosen, isPast }, index) => {
      const score = scores[index];
      const isAlone = scores[index - 1] == null && scores[index + 1] == null;
      const isHollow = isHealth && (isPartial || isChosen || isPast);
      if (score == null || (!isHollow && index !== last && !isAlone)) return null;
      return (
        <circle
          key={`${id} ${auditId}`}
          cx={x(new Date(at))}
          cy={y(score)}
          r={isHollow ? 3.2 : isHealth ? 3 : 2}
          fill={isHollow ? cssToken('surface') : colour}
          stroke={colour}
          strokeWidth={1.5}
        />
      );
    });
  });
}

/** Each line's name beside its end, moved apart where two would meet. */
export function TrendLabels({ points, lines }: LinesProps) {
  const t = useMessages();
  const { left, top, width, height } = useDrawingArea();
  const x = useXScale<'time'>();
  const y = useYScale<'linear'>();
  const ends = lines.flatMap(({ id, scores }) => {
    const last = scores.findLastIndex((score) => score !== null);
    const point = points[last];
    return point ? [{ id, x: x(new Date(point.at)), y: y(scores[last] ?? 0) }] : [];
  });
  const places = spread(
    ends.map((end) => end.y),
    LINE_OF_TEXT,
    top + LINE_OF_TEXT / 2,
    top + height - LINE_OF_TEXT / 2,
  );
  return ends.map((end, index) => {
    const place = places[index] ?? end.y;
    const isHealth = end.id === 'health';
    return (
      <g key={end.id}>
        <path
          d={`M${end.x + 4} ${end.y}L${left + width + 5} ${place}`}
          stroke={cssToken('line')}
          fill="none"
          strokeWidth={1}
        />
        <text
          x={left + width + 8}
          y={place}
          dominantBaseline="middle"
          style={{ ...LABEL, fontWeight: isHealth ? 600 : 400, fill: cssToken(isHealth ? 'accent' : 'text2') }}
        >
          {end.id === 'health' ? t.project.trend.health : t.common.magics[end.id]}
        </text>
      </g>
    );
  });
}
