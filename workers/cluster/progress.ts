import type { ApplyEvent } from '@/k8s/apply/apply-phases';
import type { PhaseName } from '@/k8s/phase';
import { CLUSTER_PHASES, type ClusterProgress, type PhaseProgress } from '@/lib/schemas/cluster';

const MOST_NOTES = 200;

/** Follows how an apply goes on each of the clusters. */
export function createProgress() {
  const clusters = new Map<string, ClusterProgress>();

  function of(cluster: string): ClusterProgress {
    const known = clusters.get(cluster);
    if (known) return known;
    const phases = CLUSTER_PHASES.map(
      (phase): PhaseProgress => ({ phase, state: 'waiting', object: null, verdict: null, objects: 0 }),
    );
    const fresh: ClusterProgress = { cluster, phases, notes: [] };
    clusters.set(cluster, fresh);
    return fresh;
  }

  return {
    list: (): ClusterProgress[] => [...clusters.values()],
    show(cluster: string, event: ApplyEvent): void {
      const progress = of(cluster);
      const phaseOf = (name: PhaseName) => progress.phases.find(({ phase }) => phase === name);
      switch (event.type) {
        case 'phase': {
          const phase = phaseOf(event.phase);
          if (!phase) return;
          phase.state = event.state === 'started' ? 'running' : event.state;
          phase.object = null;
          phase.verdict = null;
          return;
        }
        case 'object': {
          const phase = phaseOf(event.phase);
          if (!phase) return;
          if (event.state === 'applied') phase.objects += 1;
          // Checks run without their phases being told.
          if (phase.state === 'waiting') phase.state = 'running';
          phase.object = event.object;
          phase.verdict = event.verdict;
          return;
        }
        case 'engine-missing': {
          const { apiGroup, need, fallback } = event.engine;
          note(progress, { type: 'engine-missing', object: apiGroup, need, fallback });
          return;
        }
        default:
          note(progress, event);
      }
    },
    /** A run that stopped there is no longer at it. */
    fail(cluster: string, name: PhaseName): void {
      const phase = of(cluster).phases.find(({ phase }) => phase === name);
      if (phase) phase.state = 'failed';
    },
  };
}

export type Progress = ReturnType<typeof createProgress>;

function note({ notes }: ClusterProgress, one: ClusterProgress['notes'][number]): void {
  if (notes.length < MOST_NOTES) notes.push(one);
}
