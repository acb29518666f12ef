import { child, type DataNode, itemsOf, textOf } from '../yaml-tree';
import { buildJob, commandStep, type Pipeline } from './pipeline';

const PHASES = ['before_install', 'install', 'before_script', 'script', 'after_success', 'after_script', 'deploy'];

export function readTravisConfig(root: DataNode): Pipeline | null {
  if (root.kind !== 'map') return null;
  const phases = (scope: DataNode) => PHASES.flatMap((phase) => commandStep(child(scope, phase), phase));
  const included = itemsOf(child(root, 'jobs', 'include') ?? child(root, 'matrix', 'include'));
  const jobs = included
    .map((job) =>
      buildJob({
        id: textOf(child(job, 'name')) ?? textOf(child(job, 'stage')) ?? 'job',
        line: job.line,
        steps: phases(job),
      }),
    )
    .filter((job) => job.steps.length > 0);
  return {
    name: null,
    triggers: ['push', 'pull_request'],
    pushBranches: itemsOf(child(root, 'branches', 'only')).flatMap((branch) => textOf(branch) ?? []),
    permissions: null,
    jobs: [buildJob({ id: 'build', line: root.line, steps: phases(root) }), ...jobs],
  };
}
