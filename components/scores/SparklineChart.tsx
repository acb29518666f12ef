import { cssToken } from '@/components/theme/tokens';
import type { Messages } from '@/lib/i18n/messages';
import { sparkline } from './sparkline-geometry';

interface SparklineChartProps {
  values: readonly (number | null)[];
  t: Messages;
  width?: number;
  height?: number;
}

/** The health of the last audits as one grey line. Never coloured: the number beside it says better or worse. */
export function SparklineChart({ values, t, width = 84, height = 24 }: SparklineChartProps) {
  const { paths, dots, last } = sparkline(values, width, height);
  const known = values.filter((value) => value !== null);
  const label =
    known.length === 0
      ? t.common.sparkline.none
      : t.common.sparkline.label(shown(known[0]), shown(known.at(-1)), known.length);
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
      style={{ display: 'block', flex: 'none' }}
    >
      {!last && (
        <path
          d={`M2 ${height / 2}H${width - 5}`}
          stroke={cssToken('naMark')}
          strokeWidth={1.6}
          strokeDasharray="0.1 4.6"
          strokeLinecap="round"
        />
      )}
      {paths.map((path) => (
        <path
          key={path}
          d={path}
          fill="none"
          stroke={cssToken('text3')}
          strokeWidth={1.3}
          strokeLinejoin="round"
          strokeLinecap="round"
        />
      ))}
      {dots.map(({ x, y }) => (
        <circle key={x} cx={x} cy={y} r={1.2} fill={cssToken('text3')} />
      ))}
      {last && <circle cx={last.x} cy={last.y} r={2.2} fill={cssToken('text')} />}
    </svg>
  );
}

function shown(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : String(Math.round(value));
}
