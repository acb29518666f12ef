export const TIER_NAMES = ['micro', 'small', 'medium', 'large', 'xlarge'] as const;
export type TierName = (typeof TIER_NAMES)[number];

interface Tier {
  cpu: number;
  memoryGib: number;
}

/** What a replica of a tier is given. */
export const TIERS: Readonly<Record<TierName, Tier>> = {
  micro: { cpu: 0.1, memoryGib: 0.125 },
  small: { cpu: 0.25, memoryGib: 0.5 },
  medium: { cpu: 1, memoryGib: 2 },
  large: { cpu: 2, memoryGib: 4 },
  xlarge: { cpu: 4, memoryGib: 8 },
};

/** Money for an hour. */
export interface Price {
  currency: string;
  cpuHour: number;
  gibHour: number;
  /** Where it is stated. */
  source: string;
}

/** What a cloud asks for Linux containers without machines of one's own; on-demand, without discounts. */
export const DEFAULT_PRICE: Price = {
  currency: 'USD',
  cpuHour: 0.04048,
  gibHour: 0.004445,
  source: 'AWS Fargate, Linux/x86, us-east-1, on-demand list price',
};

/** What one replica of a tier costs an hour. */
export function replicaHourCost(tier: TierName, price: Price = DEFAULT_PRICE): number {
  return TIERS[tier].cpu * price.cpuHour + TIERS[tier].memoryGib * price.gibHour;
}
