import { gzipSync } from 'node:zlib';
import { REPORT_TEXTS } from '@/lib/i18n/report';
import { bySeverity } from './audit-document';
import { buildSarif, type SarifInput, type SarifNote } from './sarif';

/** https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit */
export const GITHUB_LIMITS = {
  results: 25_000,
  /** Of the results it takes, GitHub shows so many. */
  shownResults: 5_000,
  /** Of the file, compressed with gzip. */
  gzipBytes: 10_000_000,
};

/** How much smaller than wanted a cut is made: results differ in size. */
const MARGIN = 0.95;

interface SarifText {
  indent?: number;
  limits?: typeof GITHUB_LIMITS;
}

/**
 * A SARIF log that GitHub takes, as text: open and severe results first, so that those beyond its limits are the least
 * severe. What was left out is told in the log.
 */
export function writeSarif(input: SarifInput, { indent, limits = GITHUB_LIMITS }: SarifText = {}): string {
  const findings = [...input.findings].sort(bySeverity);
  let count = Math.min(findings.length, limits.results);
  for (;;) {
    const kept = findings.slice(0, count);
    const notes = notesOf(kept.length, findings.length, input.language, limits.shownResults);
    const text = JSON.stringify(buildSarif({ ...input, findings: kept, notes }), null, indent);
    // Text that is small as it is need not be compressed to know.
    const size = Buffer.byteLength(text) <= limits.gzipBytes ? 0 : gzipSync(text, { level: 6 }).length;
    if (size <= limits.gzipBytes || count === 0) return text;
    count = Math.floor(count * Math.min(MARGIN, (limits.gzipBytes / size) * MARGIN));
  }
}

function notesOf(kept: number, total: number, language: SarifInput['language'], shown: number): SarifNote[] {
  const t = REPORT_TEXTS[language].sarif;
  return [
    ...(kept < total ? [{ id: 'results-left-out', text: t.cut(total - kept, total), count: total - kept }] : []),
    ...(kept > shown ? [{ id: 'results-not-shown', text: t.hidden(shown), count: kept - shown }] : []),
  ];
}
