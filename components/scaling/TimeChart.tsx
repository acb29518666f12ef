'use client';

import { LineChart } from '@mui/x-charts/LineChart';
import { useFormat } from '@/components/i18n/LocaleProvider';
import { cssToken } from '@/components/theme/tokens';
import type { TimeLine } from './time-lines';

interface TimeChartProps {
  times: readonly string[];
  lines: readonly TimeLine[];
  height: number;
  /** Replicas stay as they are until they change. */
  isStepped: boolean;
  /** Room for what stands at the left, in pixels. */
  axisWidth: number;
}

const LABEL = { fontSize: 11, fill: cssToken('text3') };
const DAY_MS = 86_400_000;

/** Values over time; what was not measured is a gap. */
export function TimeChart({ times, lines, height, isStepped, axisWidth }: TimeChartProps) {
  const format = useFormat();
  const isShort = Date.parse(times.at(-1) ?? '') - Date.parse(times[0] ?? '') < 2 * DAY_MS;
  return (
    <LineChart
      height={height}
      margin={{ top: 8, bottom: 2, left: 2, right: 12 }}
      skipAnimation
      hideLegend
      axisHighlight={{ x: 'line' }}
      grid={{ horizontal: true }}
      xAxis={[
        {
          data: times.map((at) => new Date(at)),
          scaleType: 'time',
          disableLine: true,
          disableTicks: true,
          height: 22,
          tickNumber: 5,
          valueFormatter: (value: Date, { location }) => {
            if (location !== 'tick') return format.dateTime(value.toISOString());
            return (isShort ? format.time : format.date)(value.toISOString());
          },
          tickLabelStyle: LABEL,
        },
      ]}
      yAxis={[
        {
          min: 0,
          width: axisWidth,
          disableLine: true,
          disableTicks: true,
          tickNumber: 4,
          tickLabelStyle: LABEL,
          valueFormatter: (value: number) => lines[0]?.show(value) ?? '',
        },
      ]}
      series={lines.map(({ id, name, values, isMain, show }) => ({
        id,
        data: [...values],
        label: name,
        color: cssToken(isMain ? 'accentMark' : 'text2'),
        curve: isStepped ? ('stepAfter' as const) : ('linear' as const),
        connectNulls: false,
        showMark: false,
        valueFormatter: (value: number | null) => (value === null ? '–' : show(value)),
      }))}
      sx={{
        '& .MuiLineElement-root, & .MuiLineChart-line': { strokeWidth: 1.75 },
        '& .MuiChartsAxis-tickLabel': { fill: cssToken('text3') },
        '& .MuiChartsGrid-line': { stroke: cssToken('line') },
        ...dashStyles(lines),
      }}
    />
  );
}

function dashStyles(lines: readonly TimeLine[]): Record<string, object> {
  return Object.fromEntries(
    lines.flatMap(({ id, dash }) =>
      dash ? [[`& [data-series="${id}"]`, { strokeDasharray: dash, strokeWidth: 1.4 }]] : [],
    ),
  );
}
