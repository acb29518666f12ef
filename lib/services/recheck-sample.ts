import { sha256 } from '@/lib/magics/hash';

const DIGITS = 12;

/** Whether an audit is of the share that is judged twice: the same on every machine, as each worker decides alone. */
export function isSampled(auditId: string, percent: number): boolean {
  const place = Number.parseInt(sha256('elder-recheck-1', auditId).slice(0, DIGITS), 16) / 16 ** DIGITS;
  return place * 100 < percent;
}
