import type { WorkflowJobFact, WorkflowStepFact } from '@/lib/magics/facts/project';
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
    jobs: entriesOf(jobs).map(([id, job]) => readJob(id, job, root)),
  };
}

/** A push of tags alone is not a push of a branch. */
function readTriggers(on: DataNode | null): string[] {
  if (on?.kind !== 'map') return textsOf(on);
  const push = on.entries.get('push');
  const isTagOnly = child(push, 'tags') !== null && !child(push, 'branches') && !child(push, 'branches-ignore');
  return [...on.entries.keys()].map((event) => (event === 'push' && isTagOnly ? 'tag' : event));
}

function readJob(id: string, job: DataNode, root: DataNode): WorkflowJobFact {
  const reused = child(job, 'uses');
  const secrets = textOf(child(job, 'secrets'));
  const inputs = [...flatInputs(child(job, 'with')), ...(secrets === null ? [] : [`secrets=${secrets}`])];
  const call = reused ? [buildStep({ line: reused.line, uses: textOf(reused), inputs })] : [];
  const services = entriesOf(child(job, 'services')).map(([, service]) => service);
  const directory = [job, root]
    .map((scope) => textOf(child(scope, 'defaults', 'run', 'working-directory')))
    .find((text) => text !== null);
  return buildJob({
    id,
    line: job.line,
    condition: textOf(child(job, 'if')),
    isErrorIgnored: isTrue(child(job, 'continue-on-error')),
    permissions: readPermissions(child(job, 'permissions')),
    runners: readRunners(job),
    images: [child(job, 'container'), ...services].flatMap(
      (node) => textOf(child(node, 'image')) ?? textOf(node) ?? [],
    ),
    env: [...flatInputs(child(root, 'env')), ...flatInputs(child(job, 'env'))],
    steps: [...call, ...itemsOf(child(job, 'steps')).map((step) => readStep(step, directory ?? null))],
  });
}

/** A label alone, a list of them, or what a matrix puts in their place. */
function readRunners(job: DataNode): string[] {
  const node = child(job, 'runs-on');
  const labels = node?.kind === 'map' ? textsOf(child(node, 'labels')) : textsOf(node);
  return [...new Set(labels.flatMap((label) => expandMatrix(label, child(job, 'strategy', 'matrix'))))];
}

const MATRIX_NAME = /matrix\.(?<path>[\w.-]{1,100})/g;
const QUOTED = /'(?<text>[^']{1,100})'/g;

function expandMatrix(text: string, matrix: DataNode | null): string[] {
  if (!text.includes('${{')) return [text];
  const values = [...text.matchAll(MATRIX_NAME)].flatMap(({ groups }) => {
    const [first = '', ...rest] = (groups?.path ?? '').split('.');
    const rows = [
      ...itemsOf(child(matrix, first)),
      ...itemsOf(child(matrix, 'include')).flatMap((row) => child(row, first) ?? []),
    ];
    return rows.flatMap((row) => textsOf(rest.length > 0 ? child(row, ...rest) : row));
  });
  const literals = /==|!=/.test(text) ? [] : [...text.matchAll(QUOTED)].flatMap(({ groups }) => groups?.text ?? []);
  return [...values, ...literals];
}

/** A step that runs an action stands where it names the action. */
function readStep(step: DataNode, directory: string | null): WorkflowStepFact {
  const uses = child(step, 'uses');
  return buildStep({
    name: textOf(child(step, 'name')),
    line: uses?.line ?? step.line,
    uses: textOf(uses),
    run: textOf(child(step, 'run')),
    condition: textOf(child(step, 'if')),
    isErrorIgnored: isTrue(child(step, 'continue-on-error')),
    inputs: flatInputs(child(step, 'with')),
    env: flatInputs(child(step, 'env')),
    workingDirectory: textOf(child(step, 'working-directory')) ?? directory,
  });
}

function readPermissions(node: DataNode | null): string[] | null {
  if (!node) return null;
  const text = textOf(node);
  if (text !== null) return text === '' ? [] : [text];
  return entriesOf(node).map(([scope, access]) => `${scope}: ${textOf(access) ?? ''}`);
}
