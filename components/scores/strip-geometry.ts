import type { MarkStatus } from '@/components/marks/status-drawings';

export const STRIP_HEIGHT = 24;
const TRACK_TOP = 4;
export const COLUMN_WIDTH = 9;
const TRACK_HEIGHT = STRIP_HEIGHT - TRACK_TOP;

export interface StripCell {
  status: MarkStatus;
  score: number | null;
}

export interface StripColumn {
  x: number;
  /** `filled` has a score, `hollow` that of too small a part; `dashed` was not judged; `crossed` ended in an error. */
  kind: 'filled' | 'hollow' | 'dashed' | 'crossed';
  status: MarkStatus;
  y: number;
  height: number;
  hasWedge: boolean;
}

/** Eight equal columns; height is score, and a column without a score keeps its place as a dashed box. */
export function stripColumns(cells: readonly StripCell[], pitch: number): StripColumn[] {
  return cells.map(({ status, score }, index) => {
    const height = score === null ? TRACK_HEIGHT : Math.max(1, Math.round((score / 100) * TRACK_HEIGHT));
    return {
      x: index * pitch,
      kind: kindOf({ status, score }),
      status,
      y: STRIP_HEIGHT - height,
      height,
      hasWedge: status === 'failed' && score !== null,
    };
  });
}

function kindOf({ status, score }: StripCell): StripColumn['kind'] {
  if (status === 'error') return 'crossed';
  if (score === null) return 'dashed';
  return status === 'inconclusive' ? 'hollow' : 'filled';
}

export function stripWidth(count: number, pitch: number): number {
  return count === 0 ? 0 : (count - 1) * pitch + COLUMN_WIDTH;
}
