import type { AvailableOptions } from '@/lib/schemas/configuration';
import type { Change } from './changes';
import { isSilent } from './silent-changes';

/** What a list of changes tells, in the order of the editor's parts. */
export function toldChanges(
  changes: readonly Change[],
  options: Pick<AvailableOptions, 'magics'>,
  parts: Readonly<Record<string, string>>,
): Change[] {
  const order = Object.keys(parts);
  return changes
    .filter((change) => !isSilent(change, options))
    .sort((one, other) => order.indexOf(one.path[0] ?? '') - order.indexOf(other.path[0] ?? ''));
}
