import { MAGIC_IDS, type MagicId } from '@/lib/magics/types';
import type { AvailableOptions, Configuration } from '@/lib/schemas/configuration';

export type MagicOption = AvailableOptions['magics'][number];

/** The weight as it is set, whether or not the magic is on. */
export function weightOf({ magics }: Configuration, { magic, weight }: Pick<MagicOption, 'magic' | 'weight'>): number {
  return magics[magic]?.weight ?? weight;
}

export function isMagicOn({ magics }: Configuration, magic: MagicId): boolean {
  return magics[magic]?.isEnabled ?? true;
}

/** The share of the health that each magic makes up, 0–1; 0 for one that is off. */
export function sharesOf(
  configuration: Configuration,
  { magics: catalogue, focusFactor }: Pick<AvailableOptions, 'magics' | 'focusFactor'>,
): Map<MagicId, number> {
  const weights = MAGIC_IDS.map((id) => {
    const view = catalogue.find(({ magic }) => magic === id);
    if (!view || !isMagicOn(configuration, id)) return [id, 0] as const;
    const factor = configuration.focusAreas.includes(id) ? focusFactor : 1;
    return [id, weightOf(configuration, view) * factor] as const;
  });
  const sum = weights.reduce((total, [, weight]) => total + weight, 0);
  return new Map(weights.map(([id, weight]) => [id, sum === 0 ? 0 : weight / sum]));
}

/** The magic with a part of its setting changed; what equals the catalogue is not kept. */
export function withMagic(
  { magics }: Configuration,
  { magic, weight: published }: Pick<MagicOption, 'magic' | 'weight'>,
  part: { isEnabled?: boolean; weight?: number },
): Configuration['magics'] {
  const { isEnabled, weight } = { isEnabled: true, ...magics[magic], ...part };
  const { [magic]: _, ...others } = magics;
  const isPublished = isEnabled && (weight === undefined || weight === published);
  if (isPublished) return others as Configuration['magics'];
  return { ...magics, [magic]: { isEnabled, ...(weight !== undefined && weight !== published && { weight }) } };
}
