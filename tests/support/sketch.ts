import type { Sketch } from '@/lib/magics/define';
import type { Facts } from '@/lib/magics/facts';
import type { ProviderFact } from '@/lib/magics/facts/provider';
import { canonicalJson } from '@/lib/magics/hash';
import { keep, readKept } from './sketch-cache';
import { readSketch } from './sketch-reader';

const known = new Map<string, Promise<Facts>>();

/** Builds the repository a sketch describes and reads it with the real readers, unless they read the same before. */
export async function factsFrom(sketch: Sketch): Promise<Facts> {
  const facts = await gitFactsFrom(sketch);
  return {
    ...facts,
    provider: sketch.provider ? withIds(sketch.provider, facts) : facts.provider,
    scores: sketch.scores ?? facts.scores,
    lastAudit: sketch.lastAudit ?? facts.lastAudit,
    advisories: sketch.advisories ?? facts.advisories,
  };
}

/** Ids of commits are known when they are made: a sketch names them by their subjects. */
function withIds(provider: ProviderFact, { commits }: Facts): ProviderFact {
  const ids = new Map(commits?.map(({ subject, id }) => [subject, id]));
  const pullRequests = provider.pullRequests.map((request) => {
    const { mergeCommitId: named } = request;
    return { ...request, mergeCommitId: named === null ? null : (ids.get(named) ?? named) };
  });
  return { ...provider, pullRequests };
}

function gitFactsFrom(sketch: Sketch): Promise<Facts> {
  const key = canonicalJson({
    files: sketch.files,
    commits: sketch.commits,
    tags: sketch.tags,
  });
  const earlier = known.get(key);
  if (earlier) return earlier;
  const read = readOnce(key, sketch);
  known.set(key, read);
  return read;
}

async function readOnce(key: string, sketch: Sketch): Promise<Facts> {
  const kept = readKept<Facts>(key);
  if (kept) return kept;
  const read = await readSketch(sketch);
  keep(key, read);
  return read;
}
