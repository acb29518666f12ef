import type { AvailableOptions } from '@/lib/schemas/configuration';
import type { Change } from './changes';

/** Whether a change only writes down what holds anyway: a magic is on, and weighs as published, unless it says otherwise. */
export function isSilent({ path, before, after }: Change, { magics }: Pick<AvailableOptions, 'magics'>): boolean {
  const [part, magic, setting] = path;
  if (part !== 'magics') return false;
  if (setting === 'isEnabled') return (before ?? true) === (after ?? true);
  const published = magics.find((one) => one.magic === magic)?.weight;
  return setting === 'weight' && (before ?? published) === (after ?? published);
}
