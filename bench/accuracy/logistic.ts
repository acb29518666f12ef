export interface Sample {
  features: readonly number[];
  isTrue: boolean;
  /** 1 by default. */
  weight?: number;
}

const STEPS = 30;

/** Weights of a logistic regression with a ridge, the bias last, by Newton's method: the same on every machine. */
export function fitLogistic(samples: readonly Sample[], ridge: number): number[] {
  const size = (samples[0]?.features.length ?? 0) + 1;
  let weights = new Array<number>(size).fill(0);
  for (let step = 0; step < STEPS; step += 1) {
    const gradient = weights.map((weight, at) => (at === size - 1 ? 0 : -ridge * weight));
    const hessian = weights.map((_, row) =>
      weights.map((__, at) => (row === at ? (at === size - 1 ? 1e-9 : ridge) : 0)),
    );
    for (const { features, isTrue, weight = 1 } of samples) {
      const row = [...features, 1];
      const chance = 1 / (1 + Math.exp(-dot(row, weights)));
      const off = weight * ((isTrue ? 1 : 0) - chance);
      const bend = weight * chance * (1 - chance);
      for (let a = 0; a < size; a += 1) {
        const value = row[a] ?? 0;
        if (value === 0) continue;
        gradient[a] = (gradient[a] ?? 0) + off * value;
        const line = hessian[a] ?? [];
        for (let b = 0; b < size; b += 1) line[b] = (line[b] ?? 0) + bend * value * (row[b] ?? 0);
      }
    }
    const move = solve(hessian, gradient);
    weights = weights.map((weight, at) => weight + (move[at] ?? 0));
    if (Math.max(...move.map(Math.abs)) < 1e-6) break;
  }
  return weights;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
}

/** Gauss with the largest pivot. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  const size = rows.length;
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < size; row += 1)
      if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = row;
    [rows[column], rows[pivot]] = [rows[pivot] ?? [], rows[column] ?? []];
    const top = rows[column] ?? [];
    for (let row = 0; row < size; row += 1) {
      const line = rows[row] ?? [];
      const factor = row === column ? 0 : (line[column] ?? 0) / (top[column] ?? 1);
      if (factor !== 0) for (let at = column; at <= size; at += 1) line[at] = (line[at] ?? 0) - factor * (top[at] ?? 0);
    }
  }
  return rows.map((row, at) => (row[size] ?? 0) / (row[at] ?? 1));
}
