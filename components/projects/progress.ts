import type { AuditProgress, Stage } from '@/lib/schemas/audits';

/** Roughly how an audit's time divides; a bar must only never run backwards. Not every audit is assembled apart. */
const SHARE: Record<Stage, number> = {
  prepare: 0.1,
  collect: 0.4,
  history: 0.15,
  assemble: 0,
  judge: 0.3,
  settle: 0.05,
};

export interface ProgressView {
  /** The stage to name: the last that runs, else the first that waits. */
  stage: Stage;
  done: number;
  total: number;
  /** 0–100 over all stages. */
  percent: number;
  isWaiting: boolean;
  /** It waits, and nobody is there to take it. */
  isStranded: boolean;
}

export function viewProgress({ status, stages, hasWorker }: AuditProgress): ProgressView {
  const current =
    stages.findLast((stage) => stage.status === 'running') ??
    stages.find((stage) => stage.status === 'waiting') ??
    stages.at(-1);
  const share = stages.reduce((sum, { stage, status: state, done, total }) => {
    const part = state === 'done' ? 1 : total > 0 ? Math.min(1, done / total) : 0;
    return sum + SHARE[stage] * part;
  }, 0);
  return {
    stage: current?.stage ?? 'prepare',
    done: current?.done ?? 0,
    total: current?.total ?? 0,
    percent: Math.round(share * 100),
    isWaiting: status === 'queued',
    isStranded: !hasWorker,
  };
}
