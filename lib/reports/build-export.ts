import type { Language, MagicResult } from '@/lib/magics/types';
import type { AuditDocument, ReportFinding } from './audit-document';
import { buildGitlab } from './gitlab';
import { buildHtml } from './html';
import { buildJsonReport, type JsonReport } from './json';
import { buildJunit } from './junit';
import { buildPdf } from './pdf';
import { writeSarif } from './sarif-limits';

/** What a server knows of an audit that ended; plain data, so that another thread can build from it. */
export interface ExportInput {
  format: 'sarif' | 'json' | 'junit' | 'gitlab' | 'html' | 'pdf';
  language: Language;
  document: AuditDocument;
  /** Address without credentials; null for a repository that is local to the server. */
  repositoryUrl: string | null;
  report: Pick<JsonReport, 'rulePackVersion' | 'weights' | 'stats' | 'gate'>;
  /** Without findings: those to be told are in `document`. */
  results: readonly Omit<MagicResult, 'findings' | 'suppressed'>[];
}

/** The export as it is sent. */
export async function buildExport(input: ExportInput): Promise<string | Uint8Array> {
  const { format, language, document } = input;
  switch (format) {
    case 'sarif':
      return sarifOf(input);
    case 'gitlab':
      return json(buildGitlab(document.findings, language, document.others ?? []));
    case 'html':
      return buildHtml(document, language);
    case 'pdf':
      return buildPdf(document, language);
    case 'junit':
      return buildJunit({
        results: withFindings(input),
        project: document.project,
        language,
        missing: document.missingMagics,
        others: document.others ?? [],
      });
    case 'json':
      return json(jsonOf(input));
  }
}

function sarifOf({ document, repositoryUrl, language }: ExportInput): string {
  const { commit, branch, findings, skipped, ownRules = [], missingMagics: missing } = document;
  const others = document.others ?? [];
  const states = statesOf(findings);
  // What came back is new to the branch as it was before; what may stand is not.
  const isFresh = (state: string | undefined) => state === 'new' || state === 'reopened';
  const stateOf = (fingerprint: string) => (isFresh(states.get(fingerprint)) ? 'new' : 'unchanged');
  return writeSarif({ commit, branch, repositoryUrl, findings, skipped, ownRules, missing, others, language, stateOf });
}

function jsonOf(input: ExportInput) {
  const { document, report, language } = input;
  const { project, commit, branch, health, coverage, resultHash, findings, number, endedAt, evidence } = document;
  const { isPartial, missingMagics, isFiltered } = document;
  const states = statesOf(findings);
  return {
    audit: { number, endedAt, isPartial, missingMagics, isFiltered, evidence },
    ...buildJsonReport({
      ...report,
      ...{ project, commit, branch, health, coverage, resultHash, language },
      results: withFindings(input),
      fixes: null,
      stateOf: (fingerprint) => states.get(fingerprint) ?? 'existing',
    }),
    otherTools: document.others ?? null,
  };
}

function withFindings({ results, document }: ExportInput): MagicResult[] {
  return results.map((result) => {
    const own = document.findings.filter(({ magic }) => magic === result.magic);
    return {
      ...result,
      findings: own.filter(({ suppression }) => !suppression),
      suppressed: own.flatMap((finding) =>
        finding.suppression ? [{ ...finding, suppression: finding.suppression }] : [],
      ),
    };
  });
}

function statesOf(findings: readonly ReportFinding[]): Map<string, string> {
  return new Map(findings.map(({ fingerprint, state }) => [fingerprint, state ?? 'existing']));
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
