import { maskValues, type SecretValue } from './secrets';

interface Row {
  line: number;
  endLine?: number;
}

/** Lines around a row that its texts may come from: a reason above, an expression that goes on. */
const LINES_ABOVE = 5;
const LINES_BELOW = 20;
const MAX_NEAR = 200;

/** The same rows, with the credentials on their lines masked in whatever text they keep. */
export function maskRows<Facts extends object>(facts: Facts, secrets: readonly SecretValue[]): Facts {
  if (secrets.length === 0) return facts;
  const masked = Object.entries(facts).map(([name, rows]: [string, unknown]) => [
    name,
    Array.isArray(rows) ? rows.map((row: unknown) => (isRow(row) ? maskRow(row, secrets) : row)) : rows,
  ]);
  return Object.fromEntries(masked) as Facts;
}

function maskRow(row: Row, secrets: readonly SecretValue[]): Row {
  const first = row.line - LINES_ABOVE;
  const last = (row.endLine ?? row.line) + LINES_BELOW;
  const near = secrets.filter(({ line }) => line >= first && line <= last).slice(0, MAX_NEAR);
  if (near.length === 0) return row;
  const masked = Object.entries(row).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'string' ? maskValues(value, near) : value,
  ]);
  return Object.fromEntries(masked) as unknown as Row;
}

function isRow(row: unknown): row is Row {
  return typeof row === 'object' && row !== null && 'line' in row && typeof row.line === 'number';
}
