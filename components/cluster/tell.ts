import type { CliClusterText } from '@/lib/i18n/cli-cluster.en';
import type { Messages } from '@/lib/i18n/messages';
import type { ClusterProblemView, VerdictView } from '@/lib/schemas/cluster';

/** What a cluster refused, in one sentence. */
export function problemSentence(problem: ClusterProblemView, words: CliClusterText, t: Messages): string {
  const { clusterProblem, cause, object, cluster } = problem;
  const isKnown = Object.hasOwn(words.problems, clusterProblem);
  const say =
    clusterProblem === 'fieldConflict'
      ? t.cluster.run.conflict
      : isKnown
        ? words.problems[clusterProblem as keyof typeof words.problems]
        : (text: string) => text;
  return t.cluster.editor.problem(null, object ?? cluster, say(cause));
}

/** How an object stands. */
export function verdictText({ detail }: VerdictView, words: CliClusterText): string {
  const { what, available = 0, updated = 0, wanted = 0, type = '', status = '', reason = '', message = '' } = detail;
  if (what === 'replicas') return words.replicas(available, updated, wanted);
  if (what === 'condition') return words.condition(type, status, [reason, message].filter(Boolean).join(': '));
  return Object.hasOwn(words.verdict, what) ? words.verdict[what as keyof typeof words.verdict] : what;
}

/** What to do where something did not come to its goal. */
export function recoveryText(recovery: string, { recoveries, otherRecovery }: CliClusterText): string {
  return Object.hasOwn(recoveries, recovery) ? (recoveries[recovery] ?? otherRecovery) : otherRecovery;
}
