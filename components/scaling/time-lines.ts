/** A line of a chart over time, which is also a column of its table. */
export interface TimeLine {
  id: string;
  name: string;
  values: readonly (number | null)[];
  /** The one that the others are held against. */
  isMain: boolean;
  /** Tells it from others of its colour. */
  dash: string | null;
  show: (value: number) => string;
}

export const DASHES = ['7 3', '2 2.5', '10 3 2 3', '4 2 1 2 1 2'] as const;
