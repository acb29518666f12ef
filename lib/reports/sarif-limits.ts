import { gzipSync } from 'node:zlib';
import { REPORT_TEXTS } from '@/lib/i18n/report';
import { bySeverity } from './audit-document';
import type { OtherFinding, OtherTool } from './other-tools';
import { buildSarif, type SarifInput, type SarifNote } from './sarif';

/** https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit */
export const GITHUB_LIMITS = {
  results: 25_000,
  /** Of the results it takes, GitHub shows so many. */
  shownResults: 5_000,
  /** Of the file, compressed with gzip. */
  gzipBytes: 10_000_000,
  runs: 20,
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
export function writeSarif(given: SarifInput, { indent, limits = GITHUB_LIMITS }: SarifText = {}): string {
  // Of too many tools those that found nothing are left out first.
  const others = given.others?.toSorted((a, b) => Number(b.findings.length > 0) - Number(a.findings.length > 0));
  const input = { ...given, ...(others && { others }) };
  const all = inOrder(input);
  const told = inOrder({ ...input, others: input.others?.slice(0, limits.runs - 1) });
  let count = Math.min(told.length, limits.results);
  for (;;) {
    const kept = told.slice(0, count);
    const notes = notesOf(kept.length, all.length, input.language, limits.shownResults);
    const text = JSON.stringify(buildSarif({ ...input, ...partsOf(kept, input, limits.runs), notes }), null, indent);
    // Text that is small as it is need not be compressed to know.
    const size = Buffer.byteLength(text) <= limits.gzipBytes ? 0 : gzipSync(text, { level: 6 }).length;
    if (size <= limits.gzipBytes || count === 0) return text;
    count = Math.floor(count * Math.min(MARGIN, (limits.gzipBytes / size) * MARGIN));
  }
}

type Told = { own: SarifInput['findings'][number] } | { other: OtherTool; finding: OtherFinding };

/** Open and severe results first; of the same, ours before those of others. */
function inOrder({ findings, others = [] }: Pick<SarifInput, 'findings' | 'others'>): Told[] {
  const told: Told[] = [
    ...findings.map((own) => ({ own })),
    ...others.flatMap((other) => other.findings.map((finding) => ({ other, finding }))),
  ];
  const ranked = (one: Told) => ('own' in one ? one.own : one.finding);
  return told.sort((a, b) => bySeverity(ranked(a), ranked(b)));
}

/** A tool of which nothing is left still tells that it ran. */
function partsOf(
  kept: readonly Told[],
  { others = [] }: SarifInput,
  runs: number,
): Pick<SarifInput, 'findings' | 'others'> {
  const byTool = new Map<OtherTool, OtherFinding[]>(others.slice(0, runs - 1).map((other) => [other, []]));
  const findings: SarifInput['findings'][number][] = [];
  for (const one of kept) {
    if ('own' in one) findings.push(one.own);
    else byTool.get(one.other)?.push(one.finding);
  }
  return { findings, others: [...byTool].map(([other, theirs]) => ({ ...other, findings: theirs })) };
}

function notesOf(kept: number, total: number, language: SarifInput['language'], shown: number): SarifNote[] {
  const t = REPORT_TEXTS[language].sarif;
  return [
    ...(kept < total ? [{ id: 'results-left-out', text: t.cut(total - kept, total), count: total - kept }] : []),
    ...(kept > shown ? [{ id: 'results-not-shown', text: t.hidden(shown), count: kept - shown }] : []),
  ];
}
