import { setImmediate } from 'node:timers/promises';
import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { gateWords } from '@/lib/i18n/gate-words';
import { messagesIn } from '@/lib/i18n/messages';
import { messageInAll } from '@/lib/i18n/rule-text';
import { magicWeight, Policy } from '@/lib/magics/policy';
import { type Language, MAGIC_IDS, type MagicId } from '@/lib/magics/types';
import { type AuditDocument, bySeverity, type ReportFinding } from '@/lib/reports/audit-document';
import type { ExportInput } from '@/lib/reports/build-export';
import { csvOf } from '@/lib/reports/csv';
import type { GateReason } from '@/lib/schemas/audits';
import { type ExportFormat, FILTERED_FORMATS } from '@/lib/schemas/export-formats';
import type { ExportRequest } from '@/lib/schemas/exports';
import { requireAudit } from './access';
import { isMatch, loadAuditFindings, stateOfSuppressed } from './audit-findings';
import { branchOfAudit } from './audit-line';
import { getAuditSbom } from './dependencies';
import { findEvidence } from './evidence';
import { type ParsedFindingFilter, parseFindingFilter } from './finding-filter';
import { runHeavy } from './heavy/heavy-work';
import type { StoredResult } from './magic-rows';
import { loadOtherTools } from './other-tools';
import { publicUrlOf } from './public-url';

interface Export {
  contentType: string;
  fileName: string;
  body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;
}

const KINDS: Record<ExportFormat, { contentType: string; extension: string }> = {
  html: { contentType: 'text/html; charset=utf-8', extension: 'html' },
  pdf: { contentType: 'application/pdf', extension: 'pdf' },
  csv: { contentType: 'text/csv; charset=utf-8; header=present', extension: 'csv' },
  json: { contentType: 'application/json', extension: 'json' },
  sarif: { contentType: 'application/sarif+json', extension: 'sarif' },
  junit: { contentType: 'application/xml', extension: 'junit.xml' },
  gitlab: { contentType: 'application/json', extension: 'gl-code-quality.json' },
  cyclonedx: { contentType: 'application/vnd.cyclonedx+json', extension: 'cdx.json' },
};

/** Where a reader wants what is to do, unless another state is asked for. */
const OPEN_FORMATS: readonly ExportFormat[] = ['html', 'pdf', 'gitlab'];
const ROWS_AT_ONCE = 500;

/** What an audit that ended found, in one of the formats of others. `conflict` while it runs. */
export async function exportAudit(ctx: Context, auditId: string, request: ExportRequest): Promise<Export> {
  const { project } = await requireAudit(ctx, auditId, 'project.read');
  refuseFilter(request);
  const { format, language } = request;
  const row = await loadEnded(auditId);
  const kind = { contentType: KINDS[format].contentType, fileName: fileNameOf(row, format) };
  if (format === 'cyclonedx') {
    return { ...kind, body: `${JSON.stringify(await getAuditSbom(ctx, auditId), null, 2)}\n` };
  }
  const document = await documentOf(row, request);
  if (format === 'csv')
    return { ...kind, body: streamText(csvOf(document.findings, language, document.ownRules, document.others ?? [])) };
  const body = await runHeavy(project.teamId, 'export', { ...partsOf(row, language), format, language, document });
  // How long it takes depends on what else the machine does.
  if (body === null) throw new AppError('overloaded', 'the export took too long');
  return { ...kind, body: typeof body === 'string' ? body : new Uint8Array(body) };
}

type EndedAudit = Awaited<ReturnType<typeof loadEnded>>;

async function loadEnded(auditId: string) {
  const row = await db().audit.findFirst({
    where: { id: auditId },
    include: {
      project: { select: { name: true, repositoryUrl: true } },
      magicResults: { select: { magic: true, status: true, result: true } },
    },
  });
  if (!row) throw new AppError('not_found', 'no such audit');
  if (row.status === 'queued' || row.status === 'running') {
    throw new AppError('conflict', 'the audit has not ended; export it when it has');
  }
  if (row.status !== 'completed' && row.status !== 'partial') {
    throw new AppError('not_found', 'the audit has no result: it failed or was cancelled');
  }
  if (row.commitId === null) throw new AppError('not_found', 'the audit has read no commit');
  return { ...row, commitId: row.commitId };
}

const FILTERS = ['magic', 'rule', 'framework', 'severity', 'path', 'state', 'search'] as const;

/** What would be left unsaid is refused: these formats have no list to narrow. */
function refuseFilter(request: ExportRequest): void {
  if (FILTERED_FORMATS.includes(request.format)) return;
  const given = FILTERS.find((name) => request[name] !== undefined);
  if (given) throw new AppError('invalid_request', `${given}: the format ${request.format} takes no filter`);
}

async function documentOf(row: EndedAudit, request: ExportRequest): Promise<AuditDocument> {
  const { language } = request;
  const messages = messagesIn(language);
  const filter = filterOf(request);
  const [{ findings, skipped, ownRules }, others, evidence] = await Promise.all([
    findFindings(row.id, filter),
    loadOtherTools({ projectId: row.projectId, auditId: row.id }, filter),
    findEvidence(row.id),
  ]);
  const gateReason = row.gateReason as GateReason | null;
  return {
    project: row.project.name,
    number: row.number,
    branch: branchOfAudit(row.branch),
    commit: row.commitId,
    endedAt: row.endedAt?.toISOString() ?? null,
    isPartial: row.status === 'partial',
    missingMagics: MAGIC_IDS.filter(
      (magic) => row.enabledMagics.includes(magic) && !resultsOf(row).some((result) => result.magic === magic),
    ),
    health: row.healthScore,
    coverage: row.healthCoverage ?? 0,
    gate: row.gate
      ? { verdict: row.gate as 'passed' | 'warning' | 'failed', reason: gateWords({ gateReason }, messages) }
      : null,
    magics: resultsOf(row).map(({ magic, status, score, coverage, counts }) => ({
      magic,
      status,
      score,
      coverage,
      counts,
      weight: magicWeight(Policy.parse(row.policy), magic),
    })),
    findings,
    isFiltered: FILTERS.some((name) => request[name] !== undefined),
    skipped,
    ownRules,
    others,
    resultHash: row.resultHash,
    evidence,
  };
}

function filterOf(request: ExportRequest): ParsedFindingFilter {
  const { format, state = OPEN_FORMATS.includes(format) ? 'open' : 'all', ...rest } = request;
  // Not a list to narrow: rules are told with all they found.
  return parseFindingFilter(FILTERED_FORMATS.includes(format) ? { ...rest, state } : { state: 'all' });
}

async function findFindings(auditId: string, filter: ParsedFindingFilter) {
  const { findings, suppressed, skipped, ownRules, stateOf } = await loadAuditFindings(auditId);
  const all = [
    ...findings.map((finding): ReportFinding & { state: ReturnType<typeof stateOf> } => ({
      ...finding,
      state: stateOf(finding.fingerprint),
    })),
    ...suppressed.map((finding) => ({ ...finding, state: stateOfSuppressed(finding.suppression) })),
  ];
  const matching = all.filter(
    (finding) =>
      (!filter.severities || filter.severities.includes(finding.severity)) &&
      isMatch({ ...finding, message: messageInAll(finding) }, filter),
  );
  return {
    findings: matching.sort(bySeverity).map(({ formerFingerprint: _, ...finding }) => finding),
    skipped,
    ownRules,
  };
}

function resultsOf({ magicResults }: EndedAudit): StoredResult[] {
  const results = magicResults.flatMap(({ result, status }) =>
    result && status !== 'error' ? [result as unknown as StoredResult] : [],
  );
  return results.sort((a, b) => MAGIC_IDS.indexOf(a.magic) - MAGIC_IDS.indexOf(b.magic));
}

function partsOf(row: EndedAudit, language: Language): Pick<ExportInput, 'repositoryUrl' | 'report' | 'results'> {
  const { repositoryUrl } = row.project;
  const policy = Policy.parse(row.policy);
  const results = resultsOf(row);
  const gateReason = row.gateReason as GateReason | null;
  return {
    repositoryUrl: publicUrlOf(repositoryUrl),
    results: results.map(({ fixes: _, ...result }) => result),
    report: {
      rulePackVersion: row.rulePackVersion ?? 0,
      weights: Object.fromEntries(results.map(({ magic }): [MagicId, number] => [magic, magicWeight(policy, magic)])),
      stats: row.stats as Record<string, number>,
      gate: row.gate
        ? {
            gate: row.gate as 'passed' | 'warning' | 'failed',
            isPassed: row.gate !== 'failed',
            failUnder: policy.gate.health.fail ?? 0,
            reason: gateWords({ gateReason }, messagesIn(language)),
          }
        : null,
    },
  };
}

function fileNameOf({ project, number }: EndedAudit, format: ExportFormat): string {
  const name = project.name
    .normalize('NFKD')
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60);
  return `${name || 'project'}-audit-${number}.${KINDS[format].extension}`;
}

/** Some rows at a time, so that a long list holds nobody else up. */
function streamText(rows: Generator<string>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      await setImmediate();
      let text = '';
      for (let count = 0; count < ROWS_AT_ONCE; count += 1) {
        const { value, done } = rows.next();
        if (done) {
          if (text !== '') controller.enqueue(Buffer.from(text));
          return controller.close();
        }
        text += value;
      }
      controller.enqueue(Buffer.from(text));
    },
  });
}
