import { normal } from './random';

/** Sorts of work, as measured (docs/speed.md): their share, the median of a job in seconds and how it spreads. */
export interface WorkMix {
  share: number;
  medianSeconds: number;
  /** Standard deviation of the logarithm. */
  spread: number;
}

/** Draws seconds of work, log-normal within each sort. */
export function serviceTimesOf(mix: readonly WorkMix[], random: () => number): () => number {
  return () => {
    let left = random() * mix.reduce((sum, { share }) => sum + share, 0);
    const sort = mix.find(({ share }) => {
      left -= share;
      return left < 0;
    });
    const { medianSeconds, spread } = sort ?? { medianSeconds: 1, spread: 0 };
    return medianSeconds * Math.exp(spread * normal(random));
  };
}

/** Mean seconds of a mix: a log-normal's is its median times e^(spread²/2). */
export function meanSecondsOf(mix: readonly WorkMix[]): number {
  const all = mix.reduce((sum, { share }) => sum + share, 0);
  const total = mix.reduce(
    (sum, { share, medianSeconds, spread }) => sum + share * medianSeconds * Math.exp(spread ** 2 / 2),
    0,
  );
  return total / all;
}
