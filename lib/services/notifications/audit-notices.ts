import type { Tx } from '@/lib/db/client';
import { noCounts } from '@/lib/magics/counts';
import { type Finding, SEVERITIES } from '@/lib/magics/types';
import type { NoticeData } from '@/lib/notifications/notice';
import type { GateReason } from '@/lib/schemas/audits';
import type { Counts } from '@/lib/schemas/common';
import type { TopRisk } from '@/lib/schemas/projects';
import type { AuditRun } from '../audit-run';
import type { Matching } from '../finding-matching';
import type { JudgedMagic } from '../magic-rows';
import { type NoticeDraft, recordNotices } from './record-notices';

/** Findings and files that one notice holds. */
const MOST_FINDINGS = 50;
const MOST_RISKS = 5;
const FORECAST_RULE = 'predictive/has-steady-score';

const SHOWN = {
  number: true,
  gate: true,
  gateReason: true,
  healthScore: true,
  resultHash: true,
  stats: true,
  counts: true,
  topRisks: true,
  commitId: true,
} as const;

interface AuditRow {
  number: number;
  gate: string | null;
  gateReason: unknown;
  healthScore: number | null;
  resultHash: string | null;
  stats: unknown;
  counts: unknown;
  topRisks: unknown;
  commitId: string | null;
}

interface Settled {
  run: AuditRun;
  judged: readonly JudgedMagic[];
  matching: Matching;
}

/**
 * Tells what an audit of the project's own branch changed, in the transaction that settles it. Nothing is told of audits of the
 * past, of other branches, nor of a run that gives the same result once more.
 */
export async function recordAuditNotices(tx: Tx, { run, judged, matching }: Settled): Promise<void> {
  const { auditId, projectId, teamId } = run;
  if (run.asOf !== null || !run.isMainBranch) return;
  // Most teams have none, and none of what follows is for nothing then.
  if ((await tx.channel.count({ where: { teamId, isEnabled: true, status: 'active' } })) === 0) return;
  const audit = await tx.audit.findFirstOrThrow({ where: { id: auditId }, select: SHOWN });
  const former = await tx.audit.findFirst({
    where: {
      projectId,
      branch: run.mainBranch,
      asOf: null,
      number: { lt: audit.number },
      status: { in: ['completed', 'partial'] },
    },
    orderBy: { number: 'desc' },
    select: SHOWN,
  });
  if (former?.resultHash && former.resultHash === audit.resultHash && former.gate === audit.gate) return;
  const place = { number: audit.number, branch: run.mainBranch, commitId: audit.commitId };
  const forecast = forecastOf(judged, matching);
  const drafts = [
    gateNotice(audit, former, place),
    findingsNotice(judged, matching, place),
    rateNotice(audit, former, place),
    judged.some(({ magic }) => magic === 'predictive') ? predictionNotice(audit, former, { place, forecast }) : null,
  ];
  await recordNotices(
    tx,
    teamId,
    drafts.flatMap((draft): NoticeDraft[] =>
      draft ? [{ ...draft, key: `${draft.kind}:${auditId}:${run.attempt}`, projectId, auditId } as NoticeDraft] : [],
    ),
  );
}

/** Tells that an audit of the project's own branch failed, in the transaction that says so. */
export async function recordFailedAudit(tx: Tx, auditId: string, errorCode: string): Promise<void> {
  const audit = await tx.audit.findFirst({
    where: { id: auditId },
    select: {
      number: true,
      branch: true,
      commitId: true,
      asOf: true,
      attempt: true,
      projectId: true,
      project: { select: { teamId: true, branch: true } },
    },
  });
  if (!audit || audit.asOf !== null || audit.branch !== audit.project.branch) return;
  const { number, branch, commitId, projectId, attempt } = audit;
  const former = await tx.audit.findFirst({
    where: {
      projectId,
      branch,
      asOf: null,
      number: { lt: number },
      status: { in: ['completed', 'partial', 'failed'] },
    },
    orderBy: { number: 'desc' },
    select: { status: true },
  });
  const data = { number, branch, commitId, errorCode, before: former?.status ?? null };
  const key = `audit_failed:${auditId}:${attempt}`;
  await recordNotices(tx, audit.project.teamId, [{ kind: 'audit_failed', data, key, projectId, auditId }]);
}

type Place = Pick<NoticeData['gate_turned'], 'number' | 'branch' | 'commitId'>;
type Gate = NoticeData['gate_turned']['gate'];

function gateNotice(audit: AuditRow, former: AuditRow | null, place: Place) {
  const before = (former?.gate ?? null) as Gate | null;
  const gate = audit.gate as Gate | null;
  // One that stays red is told to channels that want to hear of it each time.
  if (gate === null || (gate !== 'failed' && before !== 'failed')) return null;
  const data = {
    ...place,
    gate,
    before,
    reason: audit.gateReason as GateReason | null,
    health: audit.healthScore,
    healthBefore: former?.healthScore ?? null,
  };
  return { kind: 'gate_turned' as const, data };
}

function findingsNotice(judged: readonly JudgedMagic[], matching: Matching, place: Place) {
  const fresh = new Set([...matching.newFindings, ...matching.reopenedFindings]);
  if (fresh.size === 0) return null;
  const found = judged.flatMap(({ findings }) => findings.filter(({ fingerprint }) => fresh.has(fingerprint)));
  const counts: Record<string, Counts> = {};
  for (const { magic, severity } of found) {
    counts[magic] ??= noCounts();
    (counts[magic] as Counts)[severity] = ((counts[magic] as Counts)[severity] ?? 0) + 1;
  }
  const rank = ({ severity }: Finding) => SEVERITIES.indexOf(severity);
  const top = [...found]
    .sort((a, b) => rank(a) - rank(b) || b.confidence - a.confidence)
    .slice(0, MOST_FINDINGS)
    .map(({ ruleId, magic, severity, path, startLine }) => ({ ruleId, magic, severity, path, line: startLine }));
  return { kind: 'new_findings' as const, data: { ...place, counts, top } };
}

function rateNotice(audit: AuditRow, former: AuditRow | null, place: Place) {
  const rate = rateOf(audit);
  if (rate === null) return null;
  return { kind: 'violation_rate' as const, data: { ...place, rate, before: former && rateOf(former) } };
}

/** Open findings per 1,000 lines of code; null where nothing was counted. */
function rateOf({ stats, counts }: AuditRow): number | null {
  const { codeLines } = stats as { codeLines?: number };
  if (!codeLines) return null;
  const open = Object.values(counts as Counts).reduce((sum, count) => sum + count, 0);
  return Math.round((open * 10_000) / codeLines) / 10;
}

type Forecast = Pick<NoticeData['prediction'], 'days' | 'daysBefore' | 'threshold'>;

function predictionNotice(
  audit: AuditRow,
  former: AuditRow | null,
  { place, forecast }: { place: Place; forecast: Forecast },
) {
  const files = (audit.topRisks as TopRisk[]).slice(0, MOST_RISKS);
  const known = former && new Set((former.topRisks as TopRisk[]).map(({ path }) => path));
  // What a first prediction says is no change.
  const entered = known && known.size > 0 ? files.map(({ path }) => path).filter((path) => !known.has(path)) : [];
  if (files.length === 0 && forecast.days === null) return null;
  return { kind: 'prediction' as const, data: { ...place, files, entered, ...forecast } };
}

/** When the health falls under the policy's threshold, where the rule about it foresees that. */
function forecastOf(judged: readonly JudgedMagic[], { newFindings, reopenedFindings }: Matching): Forecast {
  const findings = judged.flatMap((magic) => magic.findings);
  const crossing = findings.find(({ ruleId, messageId }) => ruleId === FORECAST_RULE && messageId === 'crossing');
  const { days, threshold } = crossing?.data ?? {};
  if (!crossing || typeof days !== 'number') return { days: null, daysBefore: null, threshold: null };
  const isNew = [...newFindings, ...reopenedFindings].includes(crossing.fingerprint);
  return { days, daysBefore: isNew ? null : days, threshold: typeof threshold === 'number' ? threshold : null };
}
