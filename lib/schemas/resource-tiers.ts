import { TIER_NAMES, TIERS, type TierName } from '@/lib/scaling/tiers';

interface PodResources {
  /** Kubernetes quantity. */
  cpu: string;
  memoryMiB: number;
}

export type ResourceTier = TierName | 'gpu';

/** What a pod of each tier may use. `gpu` is as `large`, with one device. */
export const RESOURCE_TIERS: Readonly<Record<ResourceTier, PodResources>> = {
  micro: resourcesOf('micro'),
  small: resourcesOf('small'),
  medium: resourcesOf('medium'),
  large: resourcesOf('large'),
  xlarge: resourcesOf('xlarge'),
  gpu: resourcesOf('large'),
};

export const RESOURCE_TIER_IDS = [...TIER_NAMES, 'gpu'] as const;

function resourcesOf(tier: TierName): PodResources {
  const { cpu, memoryGib } = TIERS[tier];
  return { cpu: cpu < 1 ? `${cpu * 1000}m` : String(cpu), memoryMiB: memoryGib * 1024 };
}
