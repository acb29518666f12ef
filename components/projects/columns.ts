/** What the table can do without, in the order of its columns. */
export const CHOOSABLE_COLUMNS = ['strip', 'trend', 'gate', 'new'] as const;
export type ChoosableColumn = (typeof CHOOSABLE_COLUMNS)[number];

/** Holds the columns left out. */
export const COLUMNS_COOKIE = 'elder-columns';

export function parseHiddenColumns(value: string | undefined): ChoosableColumn[] {
  const names = (value ?? '').split('.');
  return CHOOSABLE_COLUMNS.filter((column) => names.includes(column));
}

export function hiddenColumnsText(hidden: readonly ChoosableColumn[]): string {
  return hidden.join('.');
}
