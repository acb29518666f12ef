import type { Policy } from './policy';
import type { MagicId } from './types';

type Preset = Partial<Pick<Policy, 'strictness' | 'focusAreas' | 'magics'>>;

/** Weights of all eight; the sum is 100. */
function weigh(weights: Record<MagicId, number>): Policy['magics'] {
  return Object.fromEntries(Object.entries(weights).map(([magic, weight]) => [magic, { isEnabled: true, weight }]));
}

/** What each of them sets; the rest is the default. */
export const PRESETS = {
  default: {},
  startup: { strictness: 0.7, focusAreas: ['tdd', 'flow'] },
  enterprise: { strictness: 0.95, focusAreas: ['integrity', 'servant', 'strict'] },
  open_source: { strictness: 0.85, focusAreas: ['git', 'sages'] },
  /** Integrity 40; process 25, quality 20 and collaboration 15 by the usual weights of their magics. */
  guild: {
    magics: weigh({
      integrity: 40,
      flow: 15,
      git: 10,
      tdd: 8.5,
      strict: 8.5,
      predictive: 3,
      sages: 7.5,
      servant: 7.5,
    }),
  },
} as const satisfies Record<string, Preset>;

export type PresetId = keyof typeof PRESETS;
export const PRESET_IDS = Object.keys(PRESETS) as [PresetId, ...PresetId[]];
