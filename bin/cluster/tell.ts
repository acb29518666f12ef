import type { FailureEvidence } from '@/k8s/apply/explain-failure';
import type { GoalVerdict } from '@/k8s/apply/goal';
import type { LackingSecret } from '@/k8s/apply/needed-secrets';
import type { PhaseFailure } from '@/k8s/apply/phase-failure';
import { type ClusterProblemDetails, clusterProblemOf } from '@/k8s/cluster/cluster-problem';
import { isAppError } from '@/lib/errors';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import type { Language } from '@/lib/magics/types';
import { plain } from '@/lib/reports/terminal';

/** What a cluster refused, in one sentence. What the cluster says is shown, never obeyed by the terminal. */
export function problemSentence({ clusterProblem, cause, object }: ClusterProblemDetails, language: Language): string {
  const sentence = CLI_TEXTS[language].cluster.problems[clusterProblem](plain(cause));
  return object ? `${plain(object)}: ${sentence}` : sentence;
}

/** null for what is no problem of a cluster. */
export function clusterSentence(error: unknown, language: Language): string | null {
  const t = CLI_TEXTS[language].cluster;
  const problem = clusterProblemOf(error);
  if (problem) return `${plain(problem.cluster)}: ${problemSentence(problem, language)}`;
  if (!isAppError(error)) return null;
  const { applyProblem, holder } = error.details ?? {};
  if (applyProblem === 'locked') return t.locked(plain(String(holder)));
  return applyProblem === 'lockLost' ? t.lockLost : null;
}

export function verdictText({ detail }: GoalVerdict, language: Language): string {
  const t = CLI_TEXTS[language].cluster;
  if (detail.what === 'replicas') return t.replicas(detail.available, detail.updated, detail.wanted);
  if (detail.what !== 'condition') return t.verdict[detail.what];
  const why = [detail.reason, detail.message].filter(Boolean).join(': ');
  return t.condition(plain(detail.type), plain(detail.status), plain(why));
}

export function recoveryText(recovery: string, language: Language): string {
  const { recoveries, otherRecovery } = CLI_TEXTS[language].cluster;
  return Object.hasOwn(recoveries, recovery) ? (recoveries[recovery] ?? otherRecovery) : otherRecovery;
}

/** Why a phase stopped and what to do, over several lines. */
export function failureText(
  { phase, object, problem, verdict, evidence, recovery }: PhaseFailure,
  language: Language,
): string {
  const t = CLI_TEXTS[language].cluster;
  const why = verdict ? [verdictText(verdict, language)] : [];
  return [
    `${t.failedAt(t.phases[phase], plain(object))}: ${problem ? problemSentence(problem, language) : why.join('')}`,
    ...(evidence ? evidenceLines(evidence, language) : []),
    t.recovery(recoveryText(recovery, language)),
    t.goesOn,
    '',
  ].join('\n');
}

function evidenceLines({ conditions, events, pod, unread }: FailureEvidence, language: Language): string[] {
  const t = CLI_TEXTS[language].cluster;
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [`  ${title}:`, ...lines.map((line) => `    ${plain(line)}`)];
  return [
    ...section(t.conditions, conditions),
    ...section(t.events, events),
    ...(pod
      ? section(
          t.log(plain(pod.name), plain(pod.container), plain(pod.reason)),
          pod.log.length > 0 ? pod.log : [t.emptyLog],
        )
      : []),
    ...section(t.unread, unread),
  ];
}

export function lackingText(lacking: readonly LackingSecret[], language: Language): string {
  const t = CLI_TEXTS[language].cluster;
  const lines = lacking.map(({ namespace, name, keys }) => `  ${t.lackingSecret(namespace, name, keys)}`);
  return [t.lackingSecrets, ...lines, t.giveSecrets(lacking[0]?.namespace ?? ''), ''].join('\n');
}
