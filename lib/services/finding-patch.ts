import { LRUCache } from 'lru-cache';
import type { Context } from '@/lib/auth/context';
import { isFixable, MAX_FIXED_BYTES } from '@/lib/fixes/is-fixable';
import type { MessageData } from '@/lib/magics/types';
import type { PatchView } from '@/lib/schemas/findings';
import { type FindingPlace, findingPlace, readFindingFile } from './finding-file';
import { takeGitTurn } from './git-turn';
import { runHeavy } from './heavy/heavy-work';

const TIMEOUT_MS = 10_000;

/** By finding and commit: whoever steps through a list and back asks again and again. One that took too long is tried later. */
const kept = new LRUCache<string, Promise<string | null>>({ max: 100, ttl: 10 * 60_000 });

/** A checked patch against the commit that saw the finding last; null when none is safe. */
export async function getFindingPatch(ctx: Context, findingId: string): Promise<PatchView> {
  const place = await findingPlace(ctx, findingId);
  const { finding, path, commit } = place;
  const asked = { ...finding, data: finding.data as MessageData };
  return { path, commit, patch: isFixable(asked) ? await patchOf(place) : null };
}

function patchOf(place: FindingPlace): Promise<string | null> {
  const key = `${place.finding.id} ${place.commit}`;
  const known = kept.get(key);
  if (known) return known;
  const making = makePatch(place);
  kept.set(key, making);
  making.catch(() => kept.delete(key));
  return making;
}

async function makePatch(place: FindingPlace): Promise<string | null> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const { teamId } = place.finding.project;
  const { bytes } = await takeGitTurn(
    teamId,
    () => readFindingFile(place, { maxBytes: MAX_FIXED_BYTES, signal }),
    signal,
  );
  if (!bytes) return null;
  const { ruleId, messageId, data, path, startLine, endLine, fingerprint } = place.finding;
  const finding = { ruleId, messageId, data: data as MessageData, path, startLine, endLine, fingerprint };
  const made = await runHeavy(teamId, 'patch', { path: place.path, bytes: new Uint8Array(bytes), finding }, signal);
  return made?.patch ?? null;
}
