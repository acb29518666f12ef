import type { WorkflowJobFact, WorkflowStepFact } from '@/lib/magics/facts/project';
import { child, type DataNode, entriesOf, isTrue, itemsOf, textOf, textsOf } from '../yaml-tree';
import { buildJob, buildStep, flatInputs, type Pipeline } from './pipeline';

const SCRIPTS = ['script', 'bash', 'pwsh', 'powershell'];

export function readAzurePipeline(root: DataNode): Pipeline | null {
  const stages = itemsOf(child(root, 'stages'));
  const scopes = stages.length > 0 ? stages : [root];
  const jobs = scopes.flatMap((scope) => readJobs(scope, root));
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

function readJobs(scope: DataNode, root: DataNode): WorkflowJobFact[] {
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
      runners: readRunners(job, child(job, 'pool') ?? child(scope, 'pool') ?? child(root, 'pool')),
      images: textsOf(child(job, 'container', 'image') ?? child(job, 'container')),
      steps: [
        ...(template ? [buildStep({ line: template.line, uses: textOf(template) })] : []),
        ...[...itemsOf(child(job, 'steps')), ...strategy].map(readStep),
      ],
    });
  });
}

const VARIABLE = /^\$[([{]{1,2} ?(?:variables\.|matrix\.)?(?<name>[\w.-]{1,100})/;

/** The image of a pool, or the values that a matrix gives its variable. */
function readRunners(job: DataNode, pool: DataNode | null): string[] {
  const image = textOf(child(pool, 'vmImage'));
  const name = image === null ? null : (VARIABLE.exec(image)?.groups?.name ?? null);
  if (image === null || name === null) return image === null ? [] : [image];
  const rows = entriesOf(child(job, 'strategy', 'matrix'));
  return [...new Set(rows.flatMap(([, row]) => textOf(child(row, name)) ?? []))];
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
    env: flatInputs(child(step, 'env')),
    workingDirectory: textOf(child(step, 'workingDirectory')) ?? textOf(child(inputs, 'workingDirectory')),
  });
}
