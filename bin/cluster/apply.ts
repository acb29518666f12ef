import { applyContexts, type ContextEnd } from '@/k8s/apply/apply-contexts';
import { type ApplyEnd, applyPhases } from '@/k8s/apply/apply-phases';
import { diffPhases } from '@/k8s/apply/diff-phases';
import { connectCluster } from '@/k8s/cluster';
import type { Phase } from '@/k8s/phase';
import { connectTarget, findKarmada, planForShare, type Target } from '@/k8s/target';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import type { Language } from '@/lib/magics/types';
import { plain } from '@/lib/reports/terminal';
import type { ClusterCommand } from './cluster-arguments';
import { type ClusterContext, type ClusterEnd, EXIT } from './cluster-context';
import { createEventView } from './show-events';
import { clusterSentence, failureText, lackingText, problemSentence } from './tell';

/** One cluster, or several: by Karmada where it is there, else one apply for each context. */
export async function apply(command: ClusterCommand, context: ClusterContext): Promise<ClusterEnd> {
  if (context.configuration.contexts.length < 2) {
    return applyOne(command, context, await connectTarget(context, command.context));
  }
  const control = await findKarmada(context, command.context);
  return control ? applyOne(command, context, control) : applySeveral(command, context);
}

const countOf = (phases: readonly Phase[]): number => phases.reduce((sum, { objects }) => sum + objects.length, 0);

async function applyOne(command: ClusterCommand, context: ClusterContext, target: Target): Promise<ClusterEnd> {
  const { configuration, language, signal, terminal } = context;
  const { cluster, phases, secrets } = target;
  const { isForced, withData } = command;
  const { namespace } = configuration;
  if (command.isDryRun) return preview(command, context, target);
  const view = createEventView(terminal, language);
  try {
    const request = { namespace, phases, secrets, isForced, withData, signal, onEvent: view.show };
    const end = await applyPhases(cluster, request);
    const done = `${CLI_TEXTS[language].cluster.applied(countOf(phases), plain(cluster.name))}\n`;
    return { text: endText(end, language) ?? done, code: isDone(end) ? EXIT.fine : EXIT.notFine };
  } finally {
    view.clear();
  }
}

const isDone = ({ failure, lackingSecrets }: ApplyEnd): boolean => !failure && lackingSecrets.length === 0;

/** null when all went well. */
function endText({ failure, lackingSecrets }: ApplyEnd, language: Language): string | null {
  if (lackingSecrets.length > 0) return lackingText(lackingSecrets, language);
  return failure && failureText(failure, language);
}

async function preview(
  { isForced, withData }: ClusterCommand,
  { configuration, language, signal }: ClusterContext,
  { cluster, phases, secrets }: Target,
): Promise<ClusterEnd> {
  const t = CLI_TEXTS[language].cluster;
  const { namespace } = configuration;
  const { objects, lackingSecrets } = await diffPhases(cluster, {
    namespace,
    phases,
    secrets,
    isForced,
    withData,
    signal,
  });
  const refused = objects.flatMap(({ problem, change }) => (change === 'refused' && problem ? [problem] : []));
  const unchecked = objects.filter(({ change }) => change === 'unchecked');
  const accepted = objects.filter(({ change }) => ['create', 'change', 'same'].includes(change));
  const text = [
    ...refused.map((problem) => `${problemSentence(problem, language)}\n`),
    ...unchecked.map(({ object }) => `${t.unchecked(plain(object))}\n`),
    ...(lackingSecrets.length > 0 ? [lackingText(lackingSecrets, language)] : []),
    `${t.previewed(accepted.length, plain(cluster.name))}\n`,
  ];
  const isFine = refused.length === 0 && lackingSecrets.length === 0;
  return { text: text.join(''), code: isFine ? EXIT.fine : EXIT.notFine };
}

async function applySeveral(command: ClusterCommand, context: ClusterContext): Promise<ClusterEnd> {
  const { configuration, language, signal, terminal } = context;
  const { isForced, withData } = command;
  if (command.isDryRun) return previewSeveral(command, context);
  const view = createEventView(terminal, language);
  try {
    const ends = await applyContexts({
      namespace: configuration.namespace,
      contexts: configuration.contexts,
      connect: (name) => connectCluster({ context: name }),
      plan: (engines, share) => planForShare(configuration, engines, share),
      isForced,
      withData,
      signal,
      onEvent: (name, event) => view.show(event, name),
    });
    const isFine = ends.every(({ state }) => state === 'applied');
    return { text: ends.map((end) => contextText(end, language)).join(''), code: isFine ? EXIT.fine : EXIT.notFine };
  } finally {
    view.clear();
  }
}

async function previewSeveral(command: ClusterCommand, context: ClusterContext): Promise<ClusterEnd> {
  const ends: ClusterEnd[] = [];
  for (const { name } of context.configuration.contexts) {
    ends.push(await preview(command, context, await connectTarget(context, name)));
  }
  return { text: ends.map(({ text }) => text).join(''), code: Math.max(...ends.map(({ code }) => code)) };
}

function contextText({ context, state, isHome, end, error }: ContextEnd, language: Language): string {
  const t = CLI_TEXTS[language].cluster.context;
  const name = plain(context);
  if (state === 'applied') return `${t.applied(name, isHome)}\n`;
  const told = state === 'lost' ? t.lost(name) : t.failed(name);
  const why = error
    ? `  ${clusterSentence(error, language) ?? (error instanceof Error ? plain(error.message) : '')}\n`
    : '';
  return `${told}\n${why}${(end && endText(end, language)) ?? ''}`;
}
