import { cleanJson } from '@/lib/clean-text';
import type { Tx } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import { noCounts } from '@/lib/magics/counts';
import { judgedAlike } from '@/lib/magics/judged-alike';
import { looksAt } from '@/lib/magics/looks-at';
import { isDecided } from '@/lib/magics/new-since';
import { Policy } from '@/lib/magics/policy';
import { MAX_FINDINGS_PER_RULE } from '@/lib/magics/run-rule';
import { type Finding, type RuleResult, SEVERITIES, type Severity, type SuppressedFinding } from '@/lib/magics/types';
import type { JudgedMagic } from './magic-rows';

type Counts = Record<Severity, number>;

/** What an audit's findings are to its branch. Those in neither list were open before, or are the first a rule ever said. */
export interface Matching {
  newFindings: string[];
  reopenedFindings: string[];
  /** Of both lists. */
  newCounts: Counts;
  /** Open before; one that was suppressed is not fixed by going. */
  fixedCount: number;
}

export interface MatchRequest {
  auditId: string;
  projectId: string;
  judged: readonly JudgedMagic[];
  policy: Policy;
  /**
   * Whether its rule judged its path before, by the same options and limits. What a rule says of a place for the first time is
   * not new: the code was there.
   */
  wasJudged: (finding: Finding) => boolean;
}

/** Of an audit whose findings are none of the branch’s own. */
export const NO_MATCHING: Matching = { newFindings: [], reopenedFindings: [], newCounts: noCounts(), fixedCount: 0 };

const CHUNK = 1_000;

/** Writes what became of each finding of the project's branch. */
export async function matchFindings(tx: Tx, request: MatchRequest): Promise<Matching> {
  const { auditId, projectId, judged } = request;
  const fresh: Fresh[] = [];
  const found = uniqueFindings(judged, true);
  await followMoves(tx, projectId, found);
  for (const chunk of chunks(found)) {
    const rows = chunk.map(({ suppression, ...finding }) => ({
      ...cleanJson(finding),
      // A team's verdict is kept beside the finding, whose state goes on: it is open again once the verdict ends.
      suppression: suppression?.source === 'team' ? null : (suppression ?? null),
      isHeld: suppression?.source === 'team',
      wasJudged: request.wasJudged(finding),
      severityRank: SEVERITIES.indexOf(finding.severity),
    }));
    const matched = await tx.$queryRaw<Fresh[]>`
      with matched as (
        insert into findings (id, project_id, fingerprint, rule_id, magic, severity, severity_rank, confidence, path,
          start_line, end_line, message_id, data, evidence, related, commits, state, first_audit_id, first_seen_at,
          last_audit_id, last_seen_at, suppression, is_held)
        select gen_random_uuid(), ${projectId}::uuid, f."fingerprint", f."ruleId", f."magic", f."severity",
          f."severityRank", f."confidence", f."path", f."startLine", f."endLine", f."messageId", f."data", f."evidence",
          f."related", array(select jsonb_array_elements_text(f."commits")),
          (case when f."suppression" is not null then 'suppressed' when f."wasJudged" then 'new'
            else 'existing' end)::finding_state,
          ${auditId}::uuid, now(), ${auditId}::uuid, now(), f."suppression", f."isHeld"
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as f ("fingerprint" text, "ruleId" text, "magic" text,
          "severity" text, "severityRank" smallint, "confidence" float8, "path" text, "startLine" int, "endLine" int,
          "messageId" text, "data" jsonb, "evidence" text, "related" jsonb, "commits" jsonb,
          "wasJudged" bool, "suppression" jsonb, "isHeld" bool)
        on conflict (project_id, fingerprint) do update set
          severity = excluded.severity, severity_rank = excluded.severity_rank, confidence = excluded.confidence,
          path = excluded.path, start_line = excluded.start_line, end_line = excluded.end_line,
          message_id = excluded.message_id, data = excluded.data, evidence = excluded.evidence,
          related = excluded.related, commits = excluded.commits,
          suppression = excluded.suppression, is_held = excluded.is_held,
          state = (case when excluded.suppression is not null then 'suppressed'
            when findings.state = 'fixed' and findings.fixed_audit_id is null and findings.is_held and not excluded.is_held then 'reopened'
            when findings.state = 'fixed' and (findings.fixed_audit_id is null or excluded.state = 'existing') then 'existing'
            when findings.state in ('fixed', 'suppressed') or (findings.is_held and not excluded.is_held) then 'reopened'
            else 'existing' end)::finding_state,
          last_audit_id = excluded.last_audit_id, last_seen_at = excluded.last_seen_at, fixed_audit_id = null
        returning fingerprint, severity, state, is_held)
      select fingerprint, severity, state::text from matched where state in ('new', 'reopened') and not is_held`;
    fresh.push(...matched);
  }
  const unseen = await tx.$queryRaw<Unseen[]>`
    select id, rule_id as "ruleId", magic, severity, path, last_audit_id as "lastAuditId",
      state not in ('fixed', 'suppressed') and not is_held as "wasOpen", state <> 'fixed' as "wasThere"
    from findings
    where project_id = ${projectId}::uuid and tool is null and (state <> 'fixed' or fixed_audit_id is null)
      and last_audit_id <> ${auditId}::uuid and rule_id = any(${decidedRules(judged)})
    for update`;
  const isGone = await telling(tx, request, unseen);
  const gone = unseen.filter(isGone);
  const silent = unseen.filter((row) => row.wasThere && !isGone(row));
  await tx.$executeRaw`
    update findings set state = 'fixed', fixed_audit_id = ${auditId}::uuid, suppression = null, is_held = false
    where id = any(${gone.map(({ id }) => id)}::uuid[])`;
  // That it was let stand stays known: it is open again if it comes back without that.
  await tx.$executeRaw`
    update findings set state = 'fixed', fixed_audit_id = null, suppression = null, is_held = is_held or state = 'suppressed'
    where id = any(${silent.map(({ id }) => id)}::uuid[])`;
  // A rule that was switched off or removed has no say any more; that fixes nothing.
  await tx.$executeRaw`
    update findings set state = 'fixed', fixed_audit_id = null, suppression = null, is_held = is_held or state = 'suppressed'
    where project_id = ${projectId}::uuid and tool is null and state <> 'fixed'
      and magic = any(${judged.map(({ magic }) => magic as string)})
      and rule_id <> all(${judged.flatMap(({ result }) => result.rules.map(({ ruleId }) => ruleId))})`;
  return { ...summarise(fresh), fixedCount: gone.filter(({ wasOpen }) => wasOpen).length };
}

/** The same comparison for another branch, which leaves the project's findings as they are. */
export async function compareFindings(tx: Tx, request: MatchRequest): Promise<Matching> {
  const { projectId, judged, wasJudged } = request;
  const findings = uniqueFindings(judged, false);
  const known = await tx.$queryRaw<Known[]>`
    select fingerprint, rule_id as "ruleId", magic, severity, path, last_audit_id as "lastAuditId",
      state not in ('fixed', 'suppressed') and not is_held as "isOpen", state = 'fixed' as "isGone", fixed_audit_id is null as "isUnexplained", is_held as "isHeld",
      rule_id = any(${decidedRules(judged)}) as "isDecided"
    from findings where project_id = ${projectId}::uuid and tool is null
      and (state <> 'fixed' or fingerprint = any(${findings.flatMap(fingerprintsOf)}))`;
  const byFingerprint = new Map(known.map((row) => [row.fingerprint, row]));
  const fresh = findings.flatMap((finding): Fresh[] => {
    const { fingerprint, severity } = finding;
    const row = fingerprintsOf(finding).flatMap((one) => byFingerprint.get(one) ?? [])[0];
    if (row?.isOpen || (row?.isGone && row.isUnexplained && !row.isHeld)) return [];
    if (row && (!row.isGone || row.isUnexplained)) return [{ fingerprint, severity, state: 'reopened' }];
    return wasJudged(finding) ? [{ fingerprint, severity, state: row ? 'reopened' : 'new' }] : [];
  });
  const seen = new Set(uniqueFindings(judged, true).flatMap(fingerprintsOf));
  const unseen = known.filter((row) => row.isOpen && row.isDecided && !seen.has(row.fingerprint));
  const fixed = unseen.filter(await telling(tx, request, unseen));
  return { ...summarise(fresh), fixedCount: fixed.length };
}

type Place = Pick<Finding, 'ruleId' | 'magic' | 'path'> & { severity: string; lastAuditId: string };

interface Unseen extends Place {
  id: string;
  wasOpen: boolean;
  /** Not yet gone, let stand or not. */
  wasThere: boolean;
}

interface Known extends Place {
  fingerprint: string;
  isOpen: boolean;
  isGone: boolean;
  /** Of one that is gone: it was not fixed, only no rule looked there any more. */
  isUnexplained: boolean;
  /** Let stand, or was when it went. */
  isHeld: boolean;
  isDecided: boolean;
}

/**
 * Whether a rule's silence says that a finding is no longer there: it looks at the path, by the options and limits by which
 * it saw the finding last. Of audits that were deleted that is not known, and silence says nothing.
 */
async function telling(
  tx: Tx,
  { policy, judged }: MatchRequest,
  unseen: readonly Place[],
): Promise<(finding: Place) => boolean> {
  // Every magic says the same of what the repository ignores.
  const isLookedAt = looksAt(policy, judged.find(({ result }) => result.ignored)?.result.ignored ?? null);
  const audits = await tx.audit.findMany({
    where: { id: { in: [...new Set(unseen.map(({ lastAuditId }) => lastAuditId))] } },
    select: { id: true, policy: true },
  });
  const alikeSince = new Map(audits.map((audit) => [audit.id, judgedAlike(Policy.parse(audit.policy), policy)]));
  return (finding) => isLookedAt(finding) && alikeSince.get(finding.lastAuditId)?.(finding.ruleId) === true;
}

/** Own, and under the path that the file had before. */
function fingerprintsOf({ fingerprint, formerFingerprint }: Finding): string[] {
  return formerFingerprint === undefined ? [fingerprint] : [fingerprint, formerFingerprint];
}

/** Findings of files that moved keep their rows, with all that was said about them. */
async function followMoves(tx: Tx, projectId: string, found: readonly Finding[]): Promise<void> {
  const moves = found.flatMap(({ fingerprint, formerFingerprint }) =>
    formerFingerprint === undefined ? [] : [{ now: fingerprint, before: formerFingerprint }],
  );
  if (moves.length === 0) return;
  const table = Prisma.sql`jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) as m (now text, before text)`;
  // A file may come back to a path it had once: what was fixed there changes places with what moves in.
  await tx.$executeRaw`
    update findings f set fingerprint = 'moved ' || m.before
    from ${table} join findings live on live.project_id = ${projectId}::uuid and live.fingerprint = m.before
      and live.state <> 'fixed'
    where f.project_id = ${projectId}::uuid and f.fingerprint = m.now and f.state = 'fixed'`;
  await tx.$executeRaw`
    update findings f set fingerprint = m.now from ${table}
    where f.project_id = ${projectId}::uuid and f.fingerprint = m.before and f.state <> 'fixed'
      and not exists (select from findings o where o.project_id = ${projectId}::uuid and o.fingerprint = m.now)`;
  await tx.$executeRaw`
    update findings f set fingerprint = m.before from ${table}
    where f.project_id = ${projectId}::uuid and f.fingerprint = 'moved ' || m.before`;
}

interface Fresh {
  fingerprint: string;
  severity: Severity;
  state: 'new' | 'reopened';
}

function summarise(fresh: readonly Fresh[]): Omit<Matching, 'fixedCount'> {
  const newCounts = noCounts();
  for (const { severity } of fresh) newCounts[severity] += 1;
  const fingerprintsOf = (state: Fresh['state']) =>
    fresh.filter((finding) => finding.state === state).map(({ fingerprint }) => fingerprint);
  return { newFindings: fingerprintsOf('new'), reopenedFindings: fingerprintsOf('reopened'), newCounts };
}

/** Whether a rule's silence about a finding means that it is not there: it could judge and kept all it found. */
export function isConclusive(rule: RuleResult): boolean {
  return isDecided(rule) && isWhole(rule);
}

function decidedRules(judged: readonly JudgedMagic[]): string[] {
  return judged.flatMap(({ result }) => result.rules.filter(isConclusive).map(({ ruleId }) => ruleId));
}

/** Suppressed findings are cut too: one that is not kept is not gone. */
function isWhole({ dropped, suppressed }: RuleResult): boolean {
  return dropped === 0 && suppressed <= MAX_FINDINGS_PER_RULE;
}

type FoundFinding = Finding & Partial<Pick<SuppressedFinding, 'suppression'>>;

function uniqueFindings(judged: readonly JudgedMagic[], withSuppressed: boolean): FoundFinding[] {
  const byFingerprint = new Map<string, FoundFinding>();
  for (const { findings, suppressed } of judged) {
    for (const finding of withSuppressed ? [...findings, ...suppressed] : findings) {
      byFingerprint.set(finding.fingerprint, finding);
    }
  }
  return [...byFingerprint.values()].sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
}

function* chunks<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += CHUNK) yield items.slice(start, start + CHUNK);
}
