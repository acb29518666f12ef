type Weights = Readonly<Record<string, number>>;

const WEIGHTS: Readonly<Record<string, Weights>> = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  PR: { N: 0.85, L: 0.62, H: 0.27 },
  UI: { N: 0.85, R: 0.62 },
  C: { H: 0.56, L: 0.22, N: 0 },
  I: { H: 0.56, L: 0.22, N: 0 },
  A: { H: 0.56, L: 0.22, N: 0 },
};

/** Rights weigh more where the harm leaves the part that was attacked. */
const RIGHTS_OF_CHANGED_SCOPE: Weights = { N: 0.85, L: 0.68, H: 0.5 };

const MAX_CHARACTERS = 400;

/** Base score of a CVSS 3.0 or 3.1 vector; null for any other text. */
export function cvss3Score(vector: string): number | null {
  if (vector.length > MAX_CHARACTERS || !/^CVSS:3\.[01]\//.test(vector)) return null;
  const given = new Map(vector.split('/').map((part) => part.split(':', 2) as [string, string]));
  const scope = given.get('S');
  if (scope !== 'U' && scope !== 'C') return null;
  const weights = new Map<string, number>();
  for (const [metric, known] of Object.entries(WEIGHTS)) {
    const table = metric === 'PR' && scope === 'C' ? RIGHTS_OF_CHANGED_SCOPE : known;
    const value = given.get(metric) ?? '';
    const weight = Object.hasOwn(table, value) ? table[value] : undefined;
    if (weight === undefined) return null;
    weights.set(metric, weight);
  }
  const of = (metric: string) => weights.get(metric) ?? 0;
  const base = 1 - (1 - of('C')) * (1 - of('I')) * (1 - of('A'));
  const impact = scope === 'U' ? 6.42 * base : 7.52 * (base - 0.029) - 3.25 * (base - 0.02) ** 15;
  if (impact <= 0) return 0;
  const ease = 8.22 * of('AV') * of('AC') * of('PR') * of('UI');
  return roundUp(Math.min(scope === 'U' ? impact + ease : 1.08 * (impact + ease), 10));
}

/** To the next tenth, on whole numbers as the specification of 3.1 asks. */
function roundUp(value: number): number {
  const whole = Math.round(value * 100_000);
  return whole % 10_000 === 0 ? whole / 100_000 : (Math.floor(whole / 10_000) + 1) / 10;
}

/** Qualitative rating of a score, from the same specification. */
export function ratingOf(score: number): 'critical' | 'high' | 'medium' | 'low' {
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  return score >= 4 ? 'medium' : 'low';
}
