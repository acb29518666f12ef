import { statusOfPhases } from '@/k8s/apply/status-of-phases';
import { connectTarget } from '@/k8s/target';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import { plain } from '@/lib/reports/terminal';
import type { ClusterCommand } from './cluster-arguments';
import { type ClusterContext, type ClusterEnd, EXIT } from './cluster-context';
import { recoveryText, verdictText } from './tell';

export async function status({ context: name, isJson }: ClusterCommand, context: ClusterContext): Promise<ClusterEnd> {
  const { configuration, language, signal } = context;
  const t = CLI_TEXTS[language].cluster;
  const { cluster, phases } = await connectTarget(context, name);
  const { namespace } = configuration;
  const found = await statusOfPhases(cluster, { namespace, phases, signal });
  const { lastApply, isSameConfiguration, objects } = found;
  const unmet = objects.filter(({ verdict }) => verdict.state !== 'met');
  const code = unmet.length === 0 ? EXIT.fine : EXIT.notFine;
  if (isJson) return { text: `${JSON.stringify({ cluster: cluster.name, ...found }, null, 2)}\n`, code };
  const lines = objects.flatMap(({ object, verdict, recovery }) => {
    const isMet = verdict.state === 'met';
    const told = `${isMet ? '✓' : '✗'} ${plain(object)}: ${verdictText(verdict, language)}`;
    return isMet ? [told] : [told, `  ${t.recovery(recoveryText(recovery, language))}`];
  });
  const last = lastApply ? [t.lastApply[lastApply.state]] : [t.neverApplied];
  if (lastApply && !isSameConfiguration) last.push(t.otherConfiguration);
  const sum = t.met(objects.length - unmet.length, objects.length);
  return { text: `${[...lines, ...last, `${plain(cluster.name)}: ${sum}`].join('\n')}\n`, code };
}
