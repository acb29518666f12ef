import { AppError } from '@/lib/errors';
import type { ClusterConfiguration } from '@/lib/schemas/cluster-configuration';
import { WORKER_KINDS } from '@/lib/schemas/worker-kinds';
import type { Phase } from '../phase';

/**
 * What one of several clusters gets where nothing places workers over them: its share of the replicas. Throws
 * `invalid_request` for a context that the configuration does not name.
 */
export function forContext(configuration: ClusterConfiguration, context: string): ClusterConfiguration {
  const { contexts } = configuration;
  const place = contexts.findIndex(({ name }) => name === context);
  if (place < 0)
    throw new AppError(
      'invalid_request',
      `contexts: ${context} is none of ${contexts.map(({ name }) => name).join(', ')}`,
    );
  const weights = contexts.map(({ weight }) => weight);
  const workers = { ...configuration.workers };
  for (const kind of WORKER_KINDS) {
    const { minReplicas, maxReplicas } = workers[kind];
    const least = shares(minReplicas, weights)[place] ?? 0;
    workers[kind] = {
      ...workers[kind],
      minReplicas: least,
      maxReplicas: Math.max(least, shares(maxReplicas, weights)[place] ?? 0),
    };
  }
  return { ...configuration, contexts: [], workers };
}

/** Of the phases of a cluster that is not the first: workers and what they need. The web is in the first alone. */
export function withoutHome(phases: readonly Phase[]): Phase[] {
  const kept = new Set(['infrastructure', 'storage', 'workers', 'monitoring']);
  return phases.map((phase) => (kept.has(phase.name) ? phase : { ...phase, objects: [], missingEngines: [] }));
}

/** A whole number divided by weights, so that the parts add up; what is left over goes to the largest remainders. */
export function shares(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const parts = exact.map(Math.floor);
  const byRemainder = exact
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .sort((one, other) => other.rest - one.rest || one.index - other.index);
  const left = total - parts.reduce((all, part) => all + part, 0);
  for (const { index } of byRemainder.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}
