import type { WorkflowStepFact } from '@/lib/magics/facts';
import { child, type DataNode, entriesOf, itemsOf, textOf } from '../yaml-tree';
import { buildJob, buildStep, flatInputs, type Pipeline } from './pipeline';

/** Every push of every branch is built, those of pull requests included. */
export function readCircleConfig(root: DataNode): Pipeline | null {
  const jobs = entriesOf(child(root, 'jobs'));
  if (jobs.length === 0) return null;
  return {
    name: null,
    triggers: ['push', 'pull_request'],
    pushBranches: [],
    permissions: null,
    jobs: jobs.map(([id, job]) =>
      buildJob({ id, line: job.line, steps: itemsOf(child(job, 'steps')).flatMap(readStep) }),
    ),
  };
}

function readStep(step: DataNode): WorkflowStepFact[] {
  const text = textOf(step);
  if (text !== null) return [buildStep({ line: step.line, uses: text })];
  return entriesOf(step).map(([key, value]) => {
    if (key !== 'run') return buildStep({ line: step.line, uses: key, inputs: flatInputs(value) });
    return buildStep({
      line: step.line,
      name: textOf(child(value, 'name')),
      run: textOf(value) ?? textOf(child(value, 'command')),
      condition: textOf(child(value, 'when')),
    });
  });
}
