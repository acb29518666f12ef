import { createHash } from 'node:crypto';
import { db, type Tx } from '@/lib/db/client';
import { canonicalJson, compareText, sha256 } from '@/lib/magics/hash';
import type { TeamView } from '@/lib/magics/repository-view';
import { NO_VERDICTS, type TeamVerdicts } from '@/lib/magics/suppress';
import type { TeamSuppression, Verdict } from '@/lib/magics/types';
import type { AuditRun } from './audit-run';
import { listDemotedRules } from './rule-verdicts';

/** Where the file of a finding lay before, and where it lies now. */
export type Rename = readonly [from: string, to: string];

/** The time at which an audit took its verdicts, and a hash of them; null when they change nothing. */
export interface PinnedVerdicts {
  verdictsAt: Date;
  verdictsHash: string | null;
  demotedRules: string[];
}

/**
 * Held by whoever changes verdicts of a project or reads them for an audit, to the end of the transaction: a verdict is
 * either part of an audit or of the next one. Taken after the audit's row and before those of findings.
 */
export async function lockVerdicts(tx: Tx, projectIds: readonly string[]): Promise<void> {
  for (const projectId of [...new Set(projectIds)].sort()) {
    await tx.$executeRaw`select pg_advisory_xact_lock(${lockKeyOf(projectId)}::bigint)`;
  }
}

/** Fixes the verdicts that an audit is judged with. */
export async function pinVerdicts(tx: Tx, projectId: string, renames: readonly Rename[]): Promise<PinnedVerdicts> {
  await lockVerdicts(tx, [projectId]);
  return readVerdicts(tx, projectId, renames);
}

/** What an audit that pinned its commit now would be judged with. */
export async function readVerdicts(
  tx: Pick<Tx, '$queryRaw'>,
  projectId: string,
  renames: readonly Rename[],
): Promise<PinnedVerdicts> {
  const [row] = await tx.$queryRaw<{ now: string }[]>`
    select to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now`;
  const now = row?.now ?? '';
  const verdicts = await loadVerdicts(tx, projectId, now);
  const demotedRules = await listDemotedRules(tx, projectId);
  const isNothing = verdicts.size === 0 && demotedRules.length === 0;
  return {
    verdictsAt: new Date(now),
    verdictsHash: isNothing ? null : hashVerdicts(verdicts, renames, demotedRules),
    demotedRules,
  };
}

/** What an audit is judged with besides its facts and policy. */
export async function loadTeamView({
  projectId,
  verdictsAt,
  verdictsHash,
  demotedRules,
  renames,
}: Pick<AuditRun, 'projectId' | 'verdictsAt' | 'verdictsHash' | 'demotedRules' | 'renames'>): Promise<TeamView> {
  const verdicts =
    verdictsAt && verdictsHash ? await loadVerdicts(db(), projectId, verdictsAt.toISOString()) : NO_VERDICTS;
  return { verdicts, formerPaths: new Map(renames.map(([from, to]) => [to, from])), demotedRules };
}

/** The verdicts of a project in force at a time, by fingerprint. */
export async function loadVerdicts(tx: Pick<Tx, '$queryRaw'>, projectId: string, at: string): Promise<TeamVerdicts> {
  const rows = await tx.$queryRaw<{ fingerprint: string; verdict: Verdict; reason: string; expires: string | null }[]>`
    select f.fingerprint, v.verdict, v.reason, v.until::text as expires
    from finding_verdicts v join findings f on f.id = v.finding_id
    where v.project_id = ${projectId}::uuid and f.tool is null and v.given_at <= ${at}::timestamptz
      and (v.ended_at is null or v.ended_at > ${at}::timestamptz)
      and (v.until is null or v.until >= (${at}::timestamptz at time zone 'utc')::date)`;
  return new Map(
    rows.map(({ fingerprint, ...verdict }): [string, TeamSuppression] => [fingerprint, { source: 'team', ...verdict }]),
  );
}

/** Equal for the same words about the same findings; who said them and when is no part of it. */
export function hashVerdicts(
  verdicts: TeamVerdicts,
  renames: readonly Rename[],
  demotedRules: readonly string[],
): string {
  const rows = [...verdicts]
    .sort(([a], [b]) => compareText(a, b))
    .map(([fingerprint, { verdict, reason, expires }]) => [fingerprint, verdict, reason, expires]);
  const moved = renames.toSorted(([, a], [, b]) => compareText(a, b));
  return sha256(
    'elder-verdicts-1',
    canonicalJson(rows),
    canonicalJson(moved),
    canonicalJson(demotedRules.toSorted(compareText)),
  );
}

/** The day of now in UTC, up to and on which a verdict counts. */
export function today(): Date {
  return new Date(`${new Date().toISOString().slice(0, 10)}T00:00:00Z`);
}

function lockKeyOf(projectId: string): bigint {
  return createHash('sha256').update(`verdicts ${projectId}`).digest().readBigInt64BE();
}
