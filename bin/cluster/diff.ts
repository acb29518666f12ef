import { diffPhases, type ObjectDifference } from '@/k8s/apply/diff-phases';
import { connectTarget } from '@/k8s/target';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import type { Language } from '@/lib/magics/types';
import { plain } from '@/lib/reports/terminal';
import type { ClusterCommand } from './cluster-arguments';
import { type ClusterContext, type ClusterEnd, EXIT } from './cluster-context';
import { lackingText, problemSentence } from './tell';

export async function diff(command: ClusterCommand, context: ClusterContext): Promise<ClusterEnd> {
  const { configuration, language, signal } = context;
  const t = CLI_TEXTS[language].cluster;
  const { cluster, phases, secrets } = await connectTarget(context, command.context);
  const { isForced, withData, isJson } = command;
  const { namespace } = configuration;
  const found = await diffPhases(cluster, { namespace, phases, secrets, isForced, withData, signal });
  const { objects, lackingSecrets } = found;
  const changed = objects.filter(({ change }) => change !== 'same' && change !== 'keep');
  const code = changed.length === 0 && lackingSecrets.length === 0 ? EXIT.fine : EXIT.notFine;
  if (isJson) return { text: `${JSON.stringify({ cluster: cluster.name, ...found }, null, 2)}\n`, code };
  const name = plain(cluster.name);
  const lines = objects.filter(({ change }) => change !== 'same').map((each) => differenceText(each, language));
  const sum = changed.length === 0 ? t.noDifferences(name) : t.differences(changed.length, name);
  const lacking = lackingSecrets.length > 0 ? lackingText(lackingSecrets, language) : '';
  return { text: `${lines.join('')}${lacking}${sum}\n`, code };
}

function differenceText({ object, change, fields, problem }: ObjectDifference, language: Language): string {
  const t = CLI_TEXTS[language].cluster;
  const lines = [`${t.change[change]}: ${plain(object)}`];
  if (change === 'refused' && problem) lines.push(`  ${problemSentence(problem, language)}`);
  if (change === 'change') {
    for (const { field, from, to } of fields) {
      lines.push(`  ${plain(field)}: ${plain(from ?? t.none)} → ${plain(to ?? t.none)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
