import type { WorkflowJobFact, WorkflowStepFact } from '@/lib/magics/facts';
import { child, type DataNode, entriesOf, isTrue, itemsOf, textOf, textsOf } from '../yaml-tree';
import { buildJob, buildStep, flatInputs, type Pipeline } from './pipeline';

export function readGithubWorkflow(root: DataNode): Pipeline | null {
  const jobs = child(root, 'jobs');
  if (!jobs) return null;
  const on = child(root, 'on') ?? child(root, 'true');
  return {
    name: textOf(child(root, 'name')),
    triggers: readTriggers(on),
    pushBranches: textsOf(child(on, 'push', 'branches')),
    permissions: readPermissions(child(root, 'permissions')),
    jobs: entriesOf(jobs).map(([id, job]) => readJob(id, job)),
  };
}

/** A push of tags alone is not a push of a branch. */
function readTriggers(on: DataNode | null): string[] {
  if (on?.kind !== 'map') return textsOf(on);
  const push = on.entries.get('push');
  const isTagOnly = child(push, 'tags') !== null && !child(push, 'branches') && !child(push, 'branches-ignore');
  return [...on.entries.keys()].map((event) => (event === 'push' && isTagOnly ? 'tag' : event));
}

function readJob(id: string, job: DataNode): WorkflowJobFact {
  const reused = child(job, 'uses');
  const call = reused
    ? [buildStep({ line: reused.line, uses: textOf(reused), inputs: flatInputs(child(job, 'with')) })]
    : [];
  return buildJob({
    id,
    line: job.line,
    condition: textOf(child(job, 'if')),
    isErrorIgnored: isTrue(child(job, 'continue-on-error')),
    permissions: readPermissions(child(job, 'permissions')),
    steps: [...call, ...itemsOf(child(job, 'steps')).map(readStep)],
  });
}

function readStep(step: DataNode): WorkflowStepFact {
  return buildStep({
    name: textOf(child(step, 'name')),
    line: step.line,
    uses: textOf(child(step, 'uses')),
    run: textOf(child(step, 'run')),
    condition: textOf(child(step, 'if')),
    isErrorIgnored: isTrue(child(step, 'continue-on-error')),
    inputs: flatInputs(child(step, 'with')),
  });
}

function readPermissions(node: DataNode | null): string[] | null {
  if (!node) return null;
  const text = textOf(node);
  if (text !== null) return text === '' ? [] : [text];
  return entriesOf(node).map(([scope, access]) => `${scope}: ${textOf(access) ?? ''}`);
}
