import { destroyPhases } from '@/k8s/apply/destroy-phases';
import { connectTarget } from '@/k8s/target';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import { plain } from '@/lib/reports/terminal';
import type { ClusterCommand } from './cluster-arguments';
import { type ClusterContext, type ClusterEnd, EXIT } from './cluster-context';

/** Needs the name of the instance typed: nothing else tells a wrong cluster from the right one. */
export async function destroy(command: ClusterCommand, context: ClusterContext): Promise<ClusterEnd> {
  const { configuration, language, signal, terminal } = context;
  const t = CLI_TEXTS[language].cluster;
  const { namespace, name } = configuration;
  if (command.confirmed !== name) {
    terminal.write(`elder: ${t.confirm(name)}\n`);
    return { text: '', code: EXIT.wrong };
  }
  const { cluster, phases } = await connectTarget(context, command.context);
  const { removed, kept, stuck } = await destroyPhases(cluster, {
    namespace,
    phases,
    withData: command.withData,
    signal,
    onRemove: (object, outcome) => void terminal.write(`elder: ${t[outcome](plain(object))}\n`),
  });
  const lines = [t.destroyed(removed.length, plain(cluster.name))];
  if (kept.length > 0 && !command.withData) lines.push(t.keptData(kept.length));
  return { text: `${lines.join('\n')}\n`, code: stuck.length > 0 ? EXIT.notFine : EXIT.fine };
}
