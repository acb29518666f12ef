import type { WorkflowJobFact, WorkflowStepFact } from '@/lib/magics/facts';
import { child, type DataNode, isTrue, itemsOf, textOf, textsOf } from '../yaml-tree';
import { buildJob, buildStep, flatInputs, type Pipeline } from './pipeline';

const SCRIPTS = ['script', 'bash', 'pwsh', 'powershell'];

export function readAzurePipeline(root: DataNode): Pipeline | null {
  const stages = itemsOf(child(root, 'stages'));
  const scopes = stages.length > 0 ? stages : [root];
  const jobs = scopes.flatMap((scope) => readJobs(scope));
  if (jobs.length === 0) return null;
  return {
    name: textOf(child(root, 'name')),
    triggers: readTriggers(root),
    pushBranches: [
      ...textsOf(child(root, 'trigger')),
      ...textsOf(child(root, 'trigger', 'branches', 'include')),
    ].filter((branch) => branch !== 'none'),
    permissions: null,
    jobs,
  };
}

/** Without a word the host builds pushes and pull requests alike. */
function readTriggers(root: DataNode): string[] {
  const triggers: string[] = [];
  if (textOf(child(root, 'trigger')) !== 'none') triggers.push('push');
  if (textOf(child(root, 'pr')) !== 'none') triggers.push('pull_request');
  if (child(root, 'schedules')) triggers.push('schedule');
  return triggers;
}

function readJobs(scope: DataNode): WorkflowJobFact[] {
  const jobs = itemsOf(child(scope, 'jobs'));
  if (jobs.length === 0 && !child(scope, 'steps') && !child(scope, 'template')) return [];
  return (jobs.length > 0 ? jobs : [scope]).map((job) => {
    const template = child(job, 'template');
    const strategy = ['runOnce', 'rolling', 'canary'].flatMap((kind) => [
      ...itemsOf(child(job, 'strategy', kind, 'deploy', 'steps')),
    ]);
    return buildJob({
      id: textOf(child(job, 'job')) ?? textOf(child(job, 'deployment')) ?? textOf(child(job, 'stage')) ?? 'job',
      line: job.line,
      condition: textOf(child(job, 'condition')),
      isErrorIgnored: isTrue(child(job, 'continueOnError')),
      steps: [
        ...(template ? [buildStep({ line: template.line, uses: textOf(template) })] : []),
        ...[...itemsOf(child(job, 'steps')), ...strategy].map(readStep),
      ],
    });
  });
}

function readStep(step: DataNode): WorkflowStepFact {
  const script = SCRIPTS.map((name) => textOf(child(step, name))).find((text) => text !== null) ?? null;
  const inputs = child(step, 'inputs');
  return buildStep({
    name: textOf(child(step, 'displayName')),
    line: step.line,
    uses: textOf(child(step, 'task')) ?? textOf(child(step, 'template')),
    run: script ?? textOf(child(inputs, 'script')),
    condition: textOf(child(step, 'condition')),
    isErrorIgnored: isTrue(child(step, 'continueOnError')),
    inputs: flatInputs(inputs),
  });
}
