import { STATUS_COLOURS } from '@/components/marks/status-drawings';
import { cssToken } from '@/components/theme/tokens';
import type { Messages } from '@/lib/i18n/messages';
import type { PortfolioRow } from '@/lib/schemas/projects';
import { COLUMN_WIDTH, STRIP_HEIGHT, type StripColumn, stripColumns, stripWidth } from './strip-geometry';

interface MagicStripProps {
  strip: PortfolioRow['strip'];
  t: Messages;
  /** Distance of the columns. */
  pitch?: number;
}

/** The eight magics in one row of columns. Its label says in words what the columns say. */
export function MagicStrip({ strip, t, pitch = 15 }: MagicStripProps) {
  const width = stripWidth(strip.length, pitch);
  const label = t.common.strip.label(
    strip.map(({ magic, status, score }) => {
      const name = t.common.magics[magic];
      const word = t.common.status[status].toLowerCase();
      return score === null
        ? t.common.strip.unjudged(name, word)
        : t.common.strip.judged(name, word, String(Math.round(score)));
    }),
  );
  return (
    <svg
      width={width}
      height={STRIP_HEIGHT}
      viewBox={`0 0 ${width} ${STRIP_HEIGHT}`}
      role="img"
      aria-label={label}
      style={{ display: 'block', flex: 'none' }}
    >
      {stripColumns(strip, pitch).map((column, index) => (
        <Column key={strip[index]?.magic} column={column} />
      ))}
    </svg>
  );
}

function Column({ column: { x, kind, status, y, height, hasWedge } }: { column: StripColumn }) {
  const colour = cssToken(STATUS_COLOURS[status]);
  if (kind === 'filled') {
    return (
      <>
        <rect x={x} y={4} width={COLUMN_WIDTH} height={20} rx={1.5} fill={cssToken('track')} />
        <rect x={x} y={y} width={COLUMN_WIDTH} height={height} rx={1.5} fill={colour} />
        {hasWedge && <path d={`M${x + 1.5} 0h6l-3 3.2z`} fill={colour} />}
      </>
    );
  }
  if (kind === 'hollow') {
    return (
      <>
        <rect x={x} y={4} width={COLUMN_WIDTH} height={20} rx={1.5} fill={cssToken('track')} />
        <rect
          x={x + 0.6}
          y={y + 0.6}
          width={COLUMN_WIDTH - 1.2}
          height={Math.max(0.4, height - 1.2)}
          rx={1.5}
          fill="none"
          stroke={colour}
          strokeWidth={1.2}
        />
      </>
    );
  }
  return (
    <>
      <rect
        x={x + 0.6}
        y={4.6}
        width={COLUMN_WIDTH - 1.2}
        height={18.8}
        rx={1.5}
        fill="none"
        stroke={colour}
        strokeWidth={1.1}
        strokeDasharray="2.2 1.9"
      />
      {kind === 'crossed' && <path d={`m${x + 2.7} 12.2 3.6 3.6m0-3.6-3.6 3.6`} stroke={colour} strokeWidth={1.2} />}
    </>
  );
}
