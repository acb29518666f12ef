import type { WorkflowJobFact, WorkflowStepFact } from '@/lib/magics/facts/project';
import { child, type DataNode, entriesOf, itemsOf, textOf, textsOf } from '../yaml-tree';
import { buildJob, buildStep, flatInputs, type Pipeline } from './pipeline';

const MAX_DEPTH = 5;

/** Every push of every branch is built, those of pull requests included. */
export function readCircleConfig(root: DataNode): Pipeline | null {
  const own = entriesOf(child(root, 'jobs'));
  const known = new Set(own.map(([id]) => id));
  const jobs = [...own.map(([id, job]) => readJob(root, id, job)), ...jobsOfOrbs(root, known)];
  if (jobs.length === 0) return null;
  return { name: null, triggers: ['push', 'pull_request'], pushBranches: [], permissions: null, jobs };
}

function readJob(root: DataNode, id: string, job: DataNode): WorkflowJobFact {
  const executor = child(job, 'executor', 'name') ?? child(job, 'executor');
  const machine = child(root, 'executors', textOf(executor) ?? '') ?? job;
  return buildJob({
    id,
    line: job.line,
    images: itemsOf(child(machine, 'docker')).flatMap((image) => textOf(child(image, 'image')) ?? []),
    runners: textsOf(child(machine, 'machine', 'image')),
    env: flatInputs(child(job, 'environment')),
    steps: readSteps(root, child(job, 'steps'), textOf(child(job, 'working_directory')), 0),
  });
}

/** Jobs that a workflow takes from an orb: `node/test`. */
function jobsOfOrbs(root: DataNode, known: ReadonlySet<string>): WorkflowJobFact[] {
  const items = entriesOf(child(root, 'workflows')).flatMap(([, workflow]) => itemsOf(child(workflow, 'jobs')));
  return items.flatMap((item) => {
    const id = textOf(item) ?? entriesOf(item)[0]?.[0] ?? '';
    if (!id.includes('/') || known.has(id)) return [];
    return [buildJob({ id, line: item.line, steps: [buildStep({ line: item.line, uses: id })] })];
  });
}

/** Steps with those of the commands that the file itself defines. */
function readSteps(
  root: DataNode,
  steps: DataNode | null,
  directory: string | null,
  depth: number,
): WorkflowStepFact[] {
  return itemsOf(steps).flatMap((step) => {
    const name = textOf(step) ?? entriesOf(step)[0]?.[0] ?? '';
    const command = child(root, 'commands', name);
    if (command && depth < MAX_DEPTH) return readSteps(root, child(command, 'steps'), directory, depth + 1);
    const inner = child(step, name, 'steps');
    if ((name === 'when' || name === 'unless') && inner) return readSteps(root, inner, directory, depth + 1);
    return readStep(step, directory);
  });
}

function readStep(step: DataNode, directory: string | null): WorkflowStepFact[] {
  const text = textOf(step);
  if (text !== null) return [buildStep({ line: step.line, uses: text })];
  return entriesOf(step).map(([key, value]) => {
    if (key !== 'run') return buildStep({ line: step.line, uses: key, inputs: flatInputs(value) });
    return buildStep({
      line: step.line,
      name: textOf(child(value, 'name')),
      run: textOf(value) ?? textOf(child(value, 'command')),
      condition: textOf(child(value, 'when')),
      env: flatInputs(child(value, 'environment')),
      workingDirectory: textOf(child(value, 'working_directory')) ?? directory,
    });
  });
}
