import { CLI_TEXTS } from '@/lib/i18n/cli';
import type { Language } from '@/lib/magics/types';
import { DEPLOYMENT_MODES, type DeploymentMode } from '@/lib/schemas/cluster-modes';
import type { CommandLine, GivenOptions } from '../options';
import { WrongUsage } from '../wrong-usage';

const CLUSTER_VERBS = ['render', 'diff', 'apply', 'status', 'validate', 'destroy'] as const;
type ClusterVerb = (typeof CLUSTER_VERBS)[number];

/** A context, and how much of the workers it gets. */
export interface GivenContext {
  name: string;
  weight: number;
}

export interface ClusterCommand {
  does: ClusterVerb;
  config: string | undefined;
  mode: DeploymentMode | undefined;
  context: string | undefined;
  /** In place of those of the configuration. */
  contexts: readonly GivenContext[] | undefined;
  isDryRun: boolean;
  isForced: boolean;
  withData: boolean;
  isOffline: boolean;
  isJson: boolean;
  /** API groups; those of every engine unless given. */
  engines: readonly string[] | undefined;
  /** The name that confirms. */
  confirmed: string | undefined;
}

/** Throws WrongUsage. */
export function readCluster(
  operands: readonly string[],
  { values }: GivenOptions,
  check: (command: CommandLine) => void,
  language: Language,
): ClusterCommand {
  const t = CLI_TEXTS[language].errors;
  const [verb = '', ...rest] = operands;
  const does = CLUSTER_VERBS.find((known) => known === verb);
  if (!does) throw new WrongUsage(t.unknownCluster(verb));
  check(`cluster ${does}`);
  if (rest.length > 0) throw new WrongUsage(t.noOperand(`cluster ${does}`));
  const mode = DEPLOYMENT_MODES.find((known) => known === values.mode);
  if (values.mode !== undefined && !mode) throw new WrongUsage(t.value('mode', DEPLOYMENT_MODES.join(' | ')));
  if (values['dry-run'] !== undefined && values['dry-run'] !== 'server')
    throw new WrongUsage(t.value('dry-run', 'server'));
  return {
    does,
    config: values.config,
    mode,
    context: values.context,
    contexts: values.contexts === undefined ? undefined : readContexts(values.contexts, language),
    isDryRun: values['dry-run'] === 'server',
    isForced: values['force-conflicts'],
    withData: values['with-data'],
    isOffline: values.offline,
    isJson: values.json,
    engines: values.engines?.split(',').map((name) => name.trim()),
    confirmed: values.yes,
  };
}

const MOST_WEIGHT = 1000;

/** `a,b=3`: a name may hold all but `,` and `=`. */
function readContexts(text: string, language: Language): GivenContext[] {
  const wrong = (): WrongUsage => new WrongUsage(CLI_TEXTS[language].errors.value('contexts', 'a,b=2,c'));
  const contexts = text.split(',').map((part) => {
    const [name = '', weight = '1', ...more] = part.trim().split('=');
    if (name === '' || more.length > 0 || !/^\d{1,4}$/.test(weight) || Number(weight) > MOST_WEIGHT) throw wrong();
    return { name, weight: Number(weight) };
  });
  if (new Set(contexts.map(({ name }) => name)).size < contexts.length) throw wrong();
  return contexts;
}
