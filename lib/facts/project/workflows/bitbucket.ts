import type { WorkflowJobFact, WorkflowStepFact } from '@/lib/magics/facts/project';
import { child, type DataNode, entriesOf, itemsOf, textOf } from '../yaml-tree';
import { buildJob, buildStep, type Pipeline } from './pipeline';

const TRIGGERS: Record<string, string> = {
  default: 'push',
  branches: 'push',
  'pull-requests': 'pull_request',
  tags: 'tag',
  custom: 'workflow_dispatch',
};

export function readBitbucketPipeline(root: DataNode): Pipeline | null {
  const pipelines = entriesOf(child(root, 'pipelines'));
  const jobs = pipelines.flatMap(([start, node]) =>
    node.kind === 'list'
      ? readList(start, node)
      : entriesOf(node).flatMap(([name, list]) => readList(`${start}/${name}`, list)),
  );
  if (jobs.length === 0) return null;
  const triggers = pipelines.flatMap(([start]) => (Object.hasOwn(TRIGGERS, start) ? [TRIGGERS[start] ?? ''] : []));
  const branches = pipelines.some(([start]) => start === 'default')
    ? []
    : entriesOf(child(root, 'pipelines', 'branches'));
  return {
    name: null,
    triggers: [...new Set(triggers)],
    pushBranches: branches.map(([name]) => name),
    permissions: null,
    jobs,
  };
}

function readList(id: string, list: DataNode): WorkflowJobFact[] {
  return itemsOf(list).flatMap((item) => {
    const step = child(item, 'step');
    if (step) {
      const script = child(step, 'script');
      return [
        buildJob({
          id: textOf(child(step, 'name')) ?? id,
          line: step.line,
          images: [child(step, 'image')].flatMap((image) => textOf(child(image, 'name')) ?? textOf(image) ?? []),
          steps: [...itemsOf(script), ...itemsOf(child(step, 'after-script'))].map(readCommand),
        }),
      ];
    }
    const group = child(item, 'parallel', 'steps') ?? child(item, 'parallel') ?? child(item, 'stage', 'steps');
    return group ? readList(id, group) : [];
  });
}

function readCommand(command: DataNode): WorkflowStepFact {
  return buildStep({ line: command.line, run: textOf(command), uses: textOf(child(command, 'pipe')) });
}
