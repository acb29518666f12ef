import type { WorkflowJobFact } from '@/lib/magics/facts/project';
import { child, type DataNode, entriesOf, isTrue, itemsOf, textOf, textsOf } from '../yaml-tree';
import { buildJob, buildStep, commandStep, flatInputs, type Pipeline } from './pipeline';

const RESERVED = new Set(
  'default include stages variables workflow image services cache before_script after_script pages:deploy spec'.split(
    ' ',
  ),
);

const MAX_EXTENDS = 10;

export function readGitlabPipeline(root: DataNode): Pipeline | null {
  const jobs = entriesOf(root)
    .filter(([id, job]) => job.kind === 'map' && !RESERVED.has(id) && !id.startsWith('.'))
    .map(([id, job]) => readJob(root, id, job));
  const included = readIncludes(child(root, 'include'));
  if (jobs.length === 0 && included.length === 0) return null;
  const words = conditionTexts(root).join('\n');
  const triggers = ['push'];
  if (/merge_request/.test(words)) triggers.push('merge_request');
  if (/schedule/.test(words)) triggers.push('schedule');
  if (/\btags?\b|CI_COMMIT_TAG/.test(words)) triggers.push('tag');
  return {
    name: textOf(child(root, 'workflow', 'name')),
    triggers,
    pushBranches: [],
    permissions: null,
    jobs: [...included, ...jobs],
  };
}

function readJob(root: DataNode, id: string, job: DataNode): WorkflowJobFact {
  const field = (name: string) => inherited(root, job, name, 0);
  const shared = (name: string) => field(name) ?? child(root, 'default', name) ?? child(root, name);
  const trigger = child(job, 'trigger');
  return buildJob({
    id,
    line: job.line,
    condition: conditionTexts(job).join(' || ') || null,
    isErrorIgnored: isTrue(field('allow_failure')),
    images: [shared('image'), ...itemsOf(shared('services'))].flatMap(
      (image) => textOf(child(image, 'name')) ?? textOf(image) ?? [],
    ),
    env: [...flatInputs(child(root, 'variables')), ...flatInputs(child(job, 'variables'))],
    steps: [
      ...commandStep(shared('before_script'), 'before_script'),
      ...commandStep(field('script'), 'script'),
      ...commandStep(shared('after_script'), 'after_script'),
      ...(trigger
        ? [
            buildStep({
              line: trigger.line,
              uses: textOf(trigger) ?? (textsOf(child(trigger, 'include')).join(' ') || 'trigger'),
            }),
          ]
        : []),
    ],
  });
}

/** A field of a job or of the nearest job it extends that has it. */
function inherited(root: DataNode, job: DataNode, name: string, depth: number): DataNode | null {
  const own = child(job, name);
  if (own || depth > MAX_EXTENDS) return own;
  for (const base of textsOf(child(job, 'extends')).reverse()) {
    const parent = child(root, base);
    const found = parent && inherited(root, parent, name, depth + 1);
    if (found) return found;
  }
  return null;
}

function readIncludes(node: DataNode | null): WorkflowJobFact[] {
  if (!node) return [];
  const items = node.kind === 'list' ? node.items : [node];
  const steps = items.flatMap((item) => {
    const names = ['template', 'component', 'remote', 'local', 'project'].flatMap((key) => textsOf(child(item, key)));
    const uses = textOf(item) ?? names[0];
    return uses ? [buildStep({ line: item.line, uses })] : [];
  });
  return steps.length > 0 ? [buildJob({ id: 'include', line: node.line, steps })] : [];
}

/** Texts that say when a job, or the whole pipeline, runs. */
function conditionTexts(node: DataNode): string[] {
  const rules = [...itemsOf(child(node, 'rules')), ...itemsOf(child(node, 'workflow', 'rules'))];
  const own = [
    ...rules.flatMap((rule) => textsOf(child(rule, 'if'))),
    ...['only', 'except'].flatMap((key) => [...textsOf(child(node, key)), ...textsOf(child(node, key, 'refs'))]),
    ...textsOf(child(node, 'when')),
  ];
  const isJob = child(node, 'script') !== null || child(node, 'extends') !== null;
  const inner = isJob
    ? []
    : entriesOf(node).flatMap(([, each]) =>
        each.kind === 'map' && child(each, 'rules') ? conditionTexts(each) : onlyTexts(each),
      );
  return [...own, ...inner];
}

function onlyTexts(node: DataNode): string[] {
  return [...textsOf(child(node, 'only')), ...textsOf(child(node, 'only', 'refs'))];
}
