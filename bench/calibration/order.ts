/** Groups of repositories, the best kept first; each repository with why it is there. */
export type Groups = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Scores {
  project: string;
  /** By magic, and `health`; null where nothing was judged. */
  scores: Readonly<Record<string, number | null>>;
}

export interface GroupMean {
  group: string;
  /** null where no repository of the group was judged. */
  mean: number | null;
  repositories: number;
}

export interface Order {
  column: string;
  means: GroupMean[];
  /** Groups that score no higher than the one after them. */
  broken: [better: string, worse: string][];
  /** Of all pairs from two groups, the share in which the better kept one scores higher; ties count half. */
  pairsInOrder: number | null;
}

/** Whether the means of groups fall from the first to the last. */
export function orderOf(column: string, groups: Groups, audits: readonly Scores[]): Order {
  const scored = Object.entries(groups).map(([group, members]) => ({
    group,
    scores: audits.flatMap(({ project, scores }) => (project in members ? (scores[column] ?? []) : [])),
  }));
  const means = scored.map(({ group, scores }) => ({ group, mean: meanOf(scores), repositories: scores.length }));
  const judged = means.flatMap(({ group, mean }) => (mean === null ? [] : [{ group, mean }]));
  const broken = judged.flatMap(({ group, mean }, at): Order['broken'] => {
    const next = judged[at + 1];
    return next && mean <= next.mean ? [[group, next.group]] : [];
  });
  return { column, means, broken, pairsInOrder: pairsInOrder(scored.map(({ scores }) => scores)) };
}

/** Members of groups that were not audited, and audits that no group names. */
export function unmatched(groups: Groups, audits: readonly Scores[]): string[] {
  const named = Object.values(groups).flatMap((members) => Object.keys(members));
  const audited = audits.map(({ project }) => project);
  return [
    ...named.filter((project) => !audited.includes(project)),
    ...audited.filter((project) => !named.includes(project)),
  ].sort();
}

function meanOf(scores: readonly number[]): number | null {
  return scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function pairsInOrder(groups: readonly (readonly number[])[]): number | null {
  let pairs = 0;
  let right = 0;
  for (const [at, better] of groups.entries()) {
    for (const worse of groups.slice(at + 1).flat()) {
      for (const score of better) {
        pairs += 1;
        right += score > worse ? 1 : score === worse ? 0.5 : 0;
      }
    }
  }
  return pairs === 0 ? null : right / pairs;
}
