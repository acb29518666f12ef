import { db, query } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { isAppError } from '@/lib/errors';
import { collectEvidence, unasked } from '@/lib/git/providers/evidence/collect-evidence';
import { hostGapOf } from '@/lib/git/providers/evidence/host-gap';
import type { EvidenceQuestion } from '@/lib/git/providers/provider';
import type { RequestBudget } from '@/lib/git/providers/provider-fetch';
import { findProvider } from '@/lib/git/providers/registry';
import { parseRepositoryUrl } from '@/lib/git/repository-url';
import type { Logger } from '@/lib/logger';
import { HOST_PARTS, type ProviderFact } from '@/lib/magics/facts/provider';
import { canonicalJson, sha256 } from '@/lib/magics/hash';
import { HostEvidenceSummary, type HostEvidenceView } from '@/lib/schemas/host-evidence';
import { addressRules } from './address-rules';
import { magicsOf } from './audit-creation';
import { type JobRef, lockRunning } from './audit-flow';
import type { AuditRun } from './audit-run';
import { openConnection } from './connection-clients';
import { packText, unpackJson } from './packed-json';

/** Of the 60 requests that an audit may cost; the rest is for telling the host how the audit ended. */
const MOST_CALLS = 50;
/** However slow the host is, the audit waits no longer. */
const TIME_LIMIT_MS = 60_000;
const YEAR_SECONDS = 365 * 86_400;
/** For so long an incremental audit of the same commit takes what an earlier one was told. */
const FRESH_SECONDS = 600;
const MOST_BYTES = 1024 ** 2;

interface AskedAudit {
  ref: JobRef;
  run: AuditRun;
  /** Committer date of the commit, seconds. */
  now: number;
}

interface Evidence {
  provider: string;
  fact: ProviderFact;
  calls: number;
  askedAt: Date;
}

/**
 * Keeps what the project's Git host says of its branch, once an audit. Never fails an audit: what the host does not tell is kept
 * as missing, with its reason. Audits of the past, of pull requests and of their bases ask nothing: the host knows how things
 * are, not how they were; nor do projects without a connection.
 */
export async function askHost({ ref, run, now }: AskedAudit, { signal, log }: { signal: AbortSignal; log: Logger }) {
  const { commitId, connectionId } = run;
  if (run.hostEvidenceHash !== null || commitId === null || connectionId === null) return;
  if (run.asOf !== null || run.askedCommitId !== null || run.pullRequest !== null) return;
  try {
    if (await takeEarlier(run, commitId)) return;
    const limit = AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT_MS)]);
    const since = now - YEAR_SECONDS;
    const evidence = await ask(run, connectionId, { branch: run.branch, commitId, since }, { signal: limit, log });
    // A worker that has to leave gives the job back; whoever takes it asks anew.
    if (!signal.aborted && evidence) await save(ref, commitId, evidence);
  } catch (err) {
    log.error({ err }, 'what the git host says could not be kept');
  }
}

/** Of what the host says now, asked as an audit of the commit asks; null where an audit would not ask. */
export async function hostEvidenceHashNow(
  project: Pick<AuditRun, 'repositoryUrl' | 'connectionId' | 'branch'>,
  { commitId, now }: { commitId: string; now: number },
  options: { signal: AbortSignal; log: Logger },
): Promise<string | null> {
  const { connectionId, branch } = project;
  if (connectionId === null) return null;
  const evidence = await ask(project, connectionId, { branch, commitId, since: now - YEAR_SECONDS }, options);
  return evidence && hashOf((await packBounded(evidence.fact)).fact);
}

/** Null: the address is not of the connection's host. */
async function ask(
  { repositoryUrl }: Pick<AuditRun, 'repositoryUrl'>,
  connectionId: string,
  question: Omit<EvidenceQuestion, 'path'>,
  { signal, log }: { signal: AbortSignal; log: Logger },
): Promise<Evidence | null> {
  const connection = await db().connection.findFirst({ where: { id: connectionId } });
  if (!connection) return null;
  const found = findProvider(parseRepositoryUrl(repositoryUrl, addressRules()), [connection]);
  if (!found?.connections.includes(connection)) return null;
  const { provider, path } = found;
  const budget: RequestBudget = { left: MOST_CALLS };
  const askedAt = new Date();
  const told = (fact: ProviderFact) => ({ provider: provider.id, fact, calls: MOST_CALLS - budget.left, askedAt });
  const noteGap = (err: unknown, part?: string) =>
    log.info({ part, code: isAppError(err) ? err.code : undefined, err }, 'the git host did not tell');
  try {
    const { client } = await openConnection(connection, { budget });
    const onGap = (part: string, error: unknown) => noteGap(error, part);
    return told(await collectEvidence(provider.evidence, client, { ...question, path }, { signal, onGap }));
  } catch (error) {
    noteGap(error);
    const gap = hostGapOf(error);
    return told({ ...unasked(), missing: Object.fromEntries(HOST_PARTS.map((part) => [part, gap])) });
  }
}

/**
 * What an earlier audit of the commit was told: to an incremental audit while it is fresh and whole, to one of some magics
 * however old, so that they are judged by what the others were.
 */
async function takeEarlier({ auditId, kind, enabledMagics, policy }: AuditRun, commitId: string): Promise<boolean> {
  const isPart = enabledMagics.length < magicsOf(policy).length;
  if (!isPart && kind !== 'incremental') return false;
  const rows = await query`
    insert into audit_host_evidence (audit_id, provider, commit_id, hash, calls, asked_at, summary, data)
    select this.id, e.provider, e.commit_id, e.hash, 0, e.asked_at, e.summary, e.data
    from audits this
    join audits a on a.project_id = this.project_id and a.branch = this.branch and a.id <> this.id
      and a.status in ('completed', 'partial')
    join audit_host_evidence e on e.audit_id = a.id
    where this.id = ${auditId}::uuid and e.commit_id = ${commitId}
      and (${isPart} or e.asked_at > now() - ${FRESH_SECONDS} * interval '1 second'
        and not jsonb_path_exists(e.summary, '$.parts[*].missing.reason ? (@ == "host-limit" || @ == "host-down")'))
    order by a.number desc limit 1
    on conflict do nothing returning audit_id`;
  return rows.length > 0;
}

async function save(ref: JobRef, commitId: string, { provider, fact: told, calls, askedAt }: Evidence): Promise<void> {
  const { fact, data } = await packBounded(told);
  const summary = summaryOf(fact);
  const row = {
    provider,
    commitId,
    hash: hashOf(fact),
    calls,
    askedAt,
    summary: summary as Prisma.InputJsonObject,
    data,
  };
  await db().$transaction(async (tx) => {
    if (!(await lockRunning(tx, ref))) return;
    // Of two who asked, the first one is believed: a magic may have been judged by it.
    await tx.hostEvidence.createMany({ data: [{ auditId: ref.auditId, ...row }], skipDuplicates: true });
  });
}

function hashOf(fact: ProviderFact): string {
  return sha256('elder-host-1', canonicalJson(fact));
}

/** However much a host says: what is over the limit is cut from the end of its lists, where the oldest are. */
async function packBounded(told: ProviderFact): Promise<{ fact: ProviderFact; data: Uint8Array<ArrayBuffer> }> {
  let fact = told;
  for (;;) {
    const data = await packText(canonicalJson(fact));
    if (data.length <= MOST_BYTES) return { fact, data };
    const half = <Item>(items: readonly Item[]) => items.slice(0, Math.floor(items.length / 2));
    const lists = ['pullRequests', 'issues', 'checks'] as const;
    fact = {
      ...fact,
      pullRequests: half(fact.pullRequests),
      issues: half(fact.issues),
      checks: half(fact.checks),
      cut: [...new Set([...fact.cut, ...lists.filter((part) => fact[part].length > 0)])],
    };
  }
}

function summaryOf(fact: ProviderFact): HostEvidenceSummary {
  return {
    parts: HOST_PARTS.map((part) => {
      const missing = fact.missing[part] ?? null;
      const count = part === 'protection' ? Number(fact.protection !== null) : fact[part].length;
      return { part, count: missing ? null : count, isCut: fact.cut.includes(part), missing };
    }),
  };
}

/** What the host said to an audit; null where it was not asked. */
export async function loadHostEvidence(auditId: string): Promise<ProviderFact | null> {
  const row = await db().hostEvidence.findFirst({ where: { auditId }, select: { data: true } });
  return row && unpackJson<ProviderFact>(row.data);
}

/** What an audit's page says of it. The caller has checked that the asker may see the audit. */
export async function findHostEvidence(auditId: string): Promise<HostEvidenceView | null> {
  const row = await db().hostEvidence.findFirst({ where: { auditId }, omit: { data: true } });
  if (!row) return null;
  const { provider, askedAt, calls, hash, summary } = row;
  return { provider, askedAt: askedAt.toISOString(), calls, hash, ...HostEvidenceSummary.parse(summary) };
}
