import { checkPhases, type PlanProblem } from '@/k8s/apply/check-phases';
import { diffPhases } from '@/k8s/apply/diff-phases';
import { runChecks } from '@/k8s/apply/run-checks';
import { ENGINES } from '@/k8s/manifests/site';
import { connectTarget, planFor, type Target } from '@/k8s/target';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import type { Language } from '@/lib/magics/types';
import { plain } from '@/lib/reports/terminal';
import type { ClusterCommand } from './cluster-arguments';
import { type ClusterContext, type ClusterEnd, EXIT } from './cluster-context';
import { createEventView } from './show-events';
import { failureText, lackingText, problemSentence } from './tell';

/** First what can be known without a cluster, then what its server says, then real connections from inside. */
export async function validate(command: ClusterCommand, context: ClusterContext): Promise<ClusterEnd> {
  const { configuration, language } = context;
  const t = CLI_TEXTS[language].cluster;
  const target = command.isOffline ? null : await connectTarget(context, command.context);
  const { phases } = target ?? planFor(configuration, new Set(ENGINES));
  const { problems, uncheckedKinds } = checkPhases(phases);
  if (problems.length > 0) {
    return { text: `${problems.map((each) => planProblemText(each, language)).join('\n')}\n`, code: EXIT.notFine };
  }
  const offline = target
    ? `${t.valid}\n`
    : `${t.valid}\n${uncheckedKinds.length > 0 ? `${t.uncheckedKinds(uncheckedKinds.join(', '))}\n` : ''}`;
  if (!target) return { text: offline, code: EXIT.fine };
  const online = await validateOnline(target, context);
  return { text: `${offline}${online.text}`, code: online.code };
}

function planProblemText({ object, problem, field, expected }: PlanProblem, language: Language): string {
  return CLI_TEXTS[language].cluster.planProblem[problem](plain(object), plain(field), expected ?? '');
}

async function validateOnline({ cluster, phases, secrets }: Target, context: ClusterContext): Promise<ClusterEnd> {
  const { configuration, language, signal, terminal } = context;
  const t = CLI_TEXTS[language].cluster;
  const { namespace } = configuration;
  const { objects, lackingSecrets } = await diffPhases(cluster, { namespace, phases, secrets, signal });
  const refused = objects.flatMap(({ change, problem }) => (change === 'refused' && problem ? [problem] : []));
  const unchecked = objects.filter(({ change }) => change === 'unchecked');
  if (refused.length > 0 || lackingSecrets.length > 0) {
    const lines = refused.map((problem) => `${problemSentence(problem, language)}\n`);
    const lacking = lackingSecrets.length > 0 ? lackingText(lackingSecrets, language) : '';
    return { text: `${lines.join('')}${lacking}`, code: EXIT.notFine };
  }
  const accepted =
    unchecked.length === 0
      ? [t.acceptedBy(plain(cluster.name))]
      : unchecked.map(({ object }) => t.unchecked(plain(object)));
  const view = createEventView(terminal, language);
  try {
    const { failure, passed } = await runChecks(cluster, { namespace, phases, signal, onEvent: view.show });
    if (failure) return { text: `${accepted.join('\n')}\n${failureText(failure, language)}`, code: EXIT.notFine };
    const checks = passed === null ? t.noChecks : t.checksPassed(passed);
    return { text: `${accepted.join('\n')}\n${checks}\n`, code: EXIT.fine };
  } finally {
    view.clear();
  }
}
