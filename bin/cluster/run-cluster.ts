import { renderYaml } from '@/k8s/manifests/render-yaml';
import { contextsOf } from '@/k8s/target';
import { isAppError } from '@/lib/errors';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import type { Language } from '@/lib/magics/types';
import type { Terminal } from '../remote/status-line';
import { apply } from './apply';
import type { ClusterCommand } from './cluster-arguments';
import { type ClusterContext, type ClusterEnd, EXIT } from './cluster-context';
import { destroy } from './destroy';
import { diff } from './diff';
import { BadConfiguration, readConfiguration } from './read-configuration';
import { status } from './status';
import { clusterSentence } from './tell';
import { validate } from './validate';

interface Given {
  language: Language;
  signal: AbortSignal;
  terminal: Terminal;
}

/** Does the command and says on the terminal what stands against it. */
export async function runCluster(command: ClusterCommand, given: Given): Promise<ClusterEnd> {
  const { language, signal, terminal } = given;
  const t = CLI_TEXTS[language].cluster;
  const say = (sentence: string): ClusterEnd => {
    terminal.write(`elder: ${sentence}\n`);
    return { text: '', code: EXIT.wrong };
  };
  try {
    return await dispatch(command, { configuration: await readConfiguration(command, language), ...given });
  } catch (error) {
    if (error instanceof BadConfiguration) return say(error.message);
    const isCancelled = signal.aborted && isAppError(error) && error.code === 'cancelled';
    if (isCancelled) return say(command.does === 'apply' ? t.stopped : CLI_TEXTS[language].errors.cancelled());
    const sentence = clusterSentence(error, language);
    if (sentence === null) throw error;
    return say(sentence);
  }
}

async function dispatch(command: ClusterCommand, context: ClusterContext): Promise<ClusterEnd> {
  switch (command.does) {
    case 'render':
      return { text: renderYaml(context.configuration, command.engines), code: EXIT.fine };
    case 'diff':
      return overContexts(diff, command, context);
    case 'apply':
      return apply(command, context);
    case 'status':
      return overContexts(status, command, context);
    case 'validate':
      return command.isOffline ? validate(command, context) : overContexts(validate, command, context);
    case 'destroy':
      return overContexts(destroy, command, context);
  }
}

/** In each of several clusters, unless one is named or Karmada stands before them. One that cannot be asked hides no other. */
async function overContexts(
  run: (command: ClusterCommand, context: ClusterContext) => Promise<ClusterEnd>,
  command: ClusterCommand,
  context: ClusterContext,
): Promise<ClusterEnd> {
  const names = await contextsOf(context, command.context);
  if (names.length === 1) return run(command, context);
  const ends: ClusterEnd[] = [];
  for (const name of names) {
    try {
      ends.push(await run({ ...command, context: name }, context));
    } catch (error) {
      const sentence = clusterSentence(error, context.language);
      if (sentence === null) throw error;
      context.terminal.write(`elder: ${sentence}\n`);
      ends.push({ text: '', code: EXIT.wrong });
    }
  }
  return { text: ends.map(({ text }) => text).join(''), code: Math.max(...ends.map(({ code }) => code)) };
}
