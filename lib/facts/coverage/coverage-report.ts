import type { CoverageFact } from '@/lib/magics/facts/project';
import { canonicalJson, sha256 } from '@/lib/magics/hash';
import type { FileCoverage } from './report-line';

/** What a report says, whatever its format: the same for the same lines. */
export interface CoverageReport {
  format: CoverageFact['format'];
  /** By path, as the report writes it. */
  files: FileCoverage[];
}

/** SHA-256, hexadecimal: an input of a result, like the policy. */
export function hashOfReport(report: CoverageReport): string {
  return sha256('elder-coverage-1', canonicalJson(report));
}
