import { databaseTime, db, query, type Tx } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { env } from '@/lib/env';
import type { Logger } from '@/lib/logger';
import { FACT_NAMES } from '@/lib/magics/fact-names';
import type { Facts } from '@/lib/magics/facts';
import { Policy } from '@/lib/magics/policy';
import { RULE_PACK_VERSION } from '@/lib/magics/registry';
import type { TeamView } from '@/lib/magics/repository-view';
import { MAGIC_IDS, type MagicId } from '@/lib/magics/types';
import type { QueueBackend } from '@/lib/queues/backend';
import { JOBS } from '@/lib/queues/catalog';
import { enqueue } from '@/lib/queues/enqueue';
import { hashVerdicts, loadTeamView, type Rename } from './finding-verdicts';
import { loadJudged } from './judged-magics';
import { loadKeptFacts, readKeptFacts } from './kept-facts';
import type { JudgedMagic } from './magic-rows';
import { type CheckedAudit, compareRecheck } from './recheck-comparison';
import { isSampled } from './recheck-sample';

/** Behind every job of an audit, see `MAX_PRIORITY` of place-in-line.ts; the queue takes no higher number than 2^21. */
const LAST_PRIORITY = 2_097_151;
/** What waits that long is asked for at the queue; it may well wait there behind audits. */
const LOST_SECONDS = 600;
const MAX_AT_ONCE = 100;
const ALL_FACTS = new Set(FACT_NAMES);

/** Has an audit that is drawn judged again, once it is settled and nothing else is to be done. */
export async function askForRecheck(tx: Tx, auditId: string): Promise<void> {
  if (!isSampled(auditId, env().RECHECK_PERCENT)) return;
  await tx.auditRecheck.create({ data: { auditId, askedAt: await databaseTime(tx) } });
  await enqueueRecheck(tx, auditId, jobIdOf(auditId));
}

function enqueueRecheck(tx: Tx, auditId: string, jobId: string): Promise<void> {
  return enqueue(tx, 'result.recheck', { auditId }, { jobId, priority: LAST_PRIORITY });
}

function jobIdOf(auditId: string): string {
  return `recheck.${auditId}`;
}

/** What is judged again, by what, and what it said the first time. */
export interface Recheck {
  auditId: string;
  audit: CheckedAudit;
  magics: readonly MagicId[];
  facts: Facts;
  team: TeamView;
}

/** Null when nothing waits to be judged again, or cannot be: then its row says why. */
export async function openRecheck(auditId: string): Promise<Recheck | null> {
  const row = await db().auditRecheck.findFirst({
    where: { auditId, state: 'waiting' },
    select: {
      audit: {
        include: {
          hostEvidence: { select: { hash: true } },
          jobs: { select: { kind: true, key: true, status: true, attempt: true } },
        },
      },
    },
  });
  if (!row) return null;
  const { audit } = row;
  if (audit.status !== 'completed' || audit.resultHash === null) return skip(auditId, 'superseded');
  if (audit.rulePackVersion !== RULE_PACK_VERSION) return skip(auditId, 'release');
  const kept = await loadKeptFacts(auditId, ALL_FACTS);
  const read = kept && (await readKeptFacts(kept));
  if (!read || read.known.size < ALL_FACTS.size) return skip(auditId, 'facts');
  const { projectId, verdictsAt, verdictsHash, demotedRules } = audit;
  const renames = audit.renames as unknown as Rename[];
  const team = await loadTeamView({ projectId, verdictsAt, verdictsHash, demotedRules, renames });
  const isSame = verdictsHash === null || hashVerdicts(team.verdicts, renames, demotedRules) === verdictsHash;
  if (!isSame) return skip(auditId, 'verdicts');
  return {
    auditId,
    magics: MAGIC_IDS.filter((magic) => audit.enabledMagics.includes(magic)),
    facts: read.facts,
    team,
    audit: {
      commitId: audit.commitId,
      policy: Policy.parse(audit.policy),
      coverageHash: audit.coverageHash,
      verdictsHash,
      hostEvidenceHash: audit.hostEvidence?.hash ?? null,
      resultHash: audit.resultHash,
      enabledMagics: audit.enabledMagics,
      shards: audit.shards,
      counts: audit.counts,
      jobs: audit.jobs.filter(({ attempt }) => attempt === audit.attempt),
      stored: await loadJudged(auditId, audit.attempt),
    },
  };
}

async function skip(auditId: string, reason: string): Promise<null> {
  await db().$transaction((tx) => giveUpRecheck(tx, auditId, reason));
  await dropSpareFacts(auditId);
  return null;
}

/** Keeps whether the second judgement says what the first one said. */
export async function saveRecheck({ auditId, audit }: Recheck, again: readonly JudgedMagic[], log: Logger) {
  const differences = compareRecheck(audit, again);
  const state = differences.length > 0 ? 'different' : 'same';
  await db().$transaction((tx) =>
    endRecheck(tx, auditId, { state, differences: differences as unknown as Prisma.InputJsonArray }),
  );
  await dropSpareFacts(auditId);
  if (state === 'different') log.error({ differences }, 'an audit judged again says something else');
}

/** Of what cannot be judged again, or of a job that nobody tries any more. */
export function giveUpRecheck(tx: Tx, auditId: string, reason: string): Promise<void> {
  return endRecheck(tx, auditId, { state: 'skipped', reason });
}

type RecheckEnd =
  | { state: 'same' | 'different'; differences: Prisma.InputJsonArray }
  | { state: 'skipped'; reason: string };

async function endRecheck(tx: Tx, auditId: string, end: RecheckEnd): Promise<void> {
  const checkedAt = await databaseTime(tx);
  await tx.auditRecheck.updateMany({ where: { auditId, state: 'waiting' }, data: { ...end, checkedAt } });
}

/** Enqueues what the queue lost. Gives the number. */
export async function repairRechecks(queues: Pick<QueueBackend, 'findHeld'>): Promise<number> {
  const waiting = await query<{ auditId: string }>`
    select r.audit_id as "auditId" from audit_rechecks r
    where r.state = 'waiting' and r.asked_at < now() - ${LOST_SECONDS}::int * interval '1 second'
      and not exists (select from outbox_jobs o
        where o.name = 'result.recheck' and o.payload ->> 'auditId' = r.audit_id::text)
    order by r.asked_at limit ${MAX_AT_ONCE}::int`;
  if (waiting.length === 0) return 0;
  const held = await queues.findHeld(
    JOBS['result.recheck'].kind,
    waiting.map(({ auditId }) => jobIdOf(auditId)),
  );
  const lost = waiting.filter(({ auditId }) => !held.has(jobIdOf(auditId)));
  for (const { auditId } of lost) {
    await db().$transaction((tx) => enqueueRecheck(tx, auditId, jobIdOf(auditId)));
  }
  return lost.length;
}

/**
 * Facts that only a second judgement was to read, of one audit or of all: those of other branches than the project's own, and
 * those whose place a newer audit has taken.
 */
export async function dropSpareFacts(auditId: string | null = null): Promise<void> {
  await query`
    delete from audit_maps m using audits a join projects p on p.id = a.project_id
    where a.id = m.audit_id and (m.kind = 'facts' or m.kind like 'facts:%')
      and (${auditId}::uuid is null or a.id = ${auditId}::uuid)
      and a.status not in ('queued', 'running') and a.id is distinct from p.current_audit_id
      and not exists (select from audit_rechecks r where r.audit_id = a.id and r.state = 'waiting')
      and (a.branch <> p.branch or exists (
        select from audits newer join audit_maps n on n.audit_id = newer.id and n.kind = 'facts'
        where newer.project_id = a.project_id and newer.branch = a.branch and newer.number > a.number
          and newer.status in ('completed', 'partial')))`;
}
