import { query } from '@/lib/db/client';

/** Fingerprint under a path to the one before its file moved. */
export type Moves = ReadonlyMap<string, string>;

/** Audits whose moved files are followed between two, newest first, and how much of their findings, as packed. */
const MOST_FOLLOWED = 30;
const MOST_PACKED_BYTES = 16 * 1024 ** 2;

interface Place {
  auditId: string;
  number: number;
  isMain: boolean;
  /** Of a past commit: nobody knows what moved since. */
  isPast: boolean;
  /** Audit of the base, of one of a pull request: what moved is known since that commit, whenever it was audited. */
  baseId: string | null;
}

export interface FollowedMoves {
  /** Packed findings of the audits on the way, newest first, from each side to the commit both are told apart from. */
  from: (Uint8Array | null)[][];
  to: (Uint8Array | null)[][];
  /** False when files may have moved on the way without that being followed. */
  isWhole: boolean;
}

/**
 * The audits that know how files moved between two audits of a project. What moved is told since the newest audit of the
 * project's branch, of audits of other branches too: both sides lead back to that branch as it was when the older of
 * them was audited.
 */
export async function followMoves(projectId: string, from: Place, to: Place): Promise<FollowedMoves> {
  if (from.auditId === to.auditId) return { from: [], to: [], isWhole: true };
  const proposed = to.baseId === from.auditId ? to : from.baseId === to.auditId ? from : null;
  if (!proposed && (from.isPast || to.isPast)) return { from: [], to: [], isWhole: false };
  const [older, newer] = from.number <= to.number ? [from, to] : [to, from];
  const known = await query<{ id: string; bytes: number }>`
    select a.id, (select coalesce(sum(octet_length(m.findings)), 0) from audit_magics m where m.audit_id = a.id)::float8 as bytes
    from audits a join projects p on p.id = a.project_id
    where a.project_id = ${projectId}::uuid and a.renames <> '[]'::jsonb and a.as_of is null
      and case when ${proposed !== null} then a.id = ${proposed?.auditId ?? null}::uuid
        else a.id = ${newer.auditId}::uuid or a.id = ${older.auditId}::uuid and ${!older.isMain}
          or a.branch = p.branch and a.status in ('completed', 'partial')
            and a.number > ${older.number} and a.number < ${newer.number} end
    order by a.number desc limit ${MOST_FOLLOWED + 1}`;
  let bytes = 0;
  const followed = known.slice(0, MOST_FOLLOWED).filter((audit) => {
    bytes += audit.bytes;
    return bytes <= MOST_PACKED_BYTES;
  });
  const isWhole = followed.length === known.length;
  if (followed.length === 0) return { from: [], to: [], isWhole };
  const ids = followed.map(({ id }) => id);
  const packed = await query<{ id: string; findings: Uint8Array | null }>`
    select audit_id as id, findings from audit_magics where audit_id = any(${ids}::uuid[])`;
  const stepOf = (id: string) => packed.filter((row) => row.id === id).map(({ findings }) => findings);
  const ofOlder = ids.filter((id) => id === older.auditId).map(stepOf);
  const ofNewer = ids.filter((id) => id !== older.auditId).map(stepOf);
  return older === from ? { from: ofOlder, to: ofNewer, isWhole } : { from: ofNewer, to: ofOlder, isWhole };
}

/** What moved over several audits, newest first, as one move. */
export function chainMoves(steps: readonly Moves[]): Moves {
  let moves = new Map<string, string>();
  for (const step of steps) {
    const next = new Map(step);
    for (const before of moves.values()) next.delete(before);
    for (const [now, before] of moves) next.set(now, step.get(before) ?? before);
    moves = next;
  }
  return moves;
}

/** Fingerprints of one side to those of the other, by what both were called where they part. */
export function movesBetween(from: Moves, to: Moves): Moves {
  const fromOf = new Map([...from].map(([now, before]) => [before, now]));
  const moves = new Map(fromOf);
  for (const before of to.values()) moves.delete(before);
  for (const [now, before] of to) moves.set(now, fromOf.get(before) ?? before);
  return moves;
}
