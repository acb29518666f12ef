'use client';

import { useState } from 'react';

/** Rows stay where they are; what is new comes after them. */
export function keepOrder<Row>(rows: readonly Row[], ids: readonly string[], idOf: (row: Row) => string): Row[] {
  const place = new Map(ids.map((id, index) => [id, index]));
  const at = (row: Row) => place.get(idOf(row)) ?? ids.length;
  return [...rows].sort((a, b) => at(a) - at(b));
}

interface StableOrder<Row> {
  ordered: Row[];
  /** The rows' values changed so that another order would be right. */
  hasMoved: boolean;
  sortAgain: () => void;
}

/** Live data changes values in place: rows move only when `key` (filter and sort) changes or somebody asks. */
export function useStableOrder<Row>(
  rows: readonly Row[],
  key: string,
  isSettled: boolean,
  idOf: (row: Row) => string,
): StableOrder<Row> {
  const [kept, setKept] = useState({ key, ids: rows.map(idOf) });
  const sortAgain = () => setKept({ key, ids: rows.map(idOf) });
  const isOther = kept.key !== key || (kept.ids.length === 0 && rows.length > 0);
  if (isSettled && isOther) sortAgain();

  const ordered = keepOrder(rows, kept.ids, idOf);
  return { ordered, hasMoved: isSettled && !isOther && ordered.some((row, index) => row !== rows[index]), sortAgain };
}
