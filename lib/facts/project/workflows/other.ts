import type { WorkflowStepFact } from '@/lib/magics/facts/project';
import { type DataNode, entriesOf, itemsOf } from '../yaml-tree';
import { buildJob, commandStep, type Pipeline } from './pipeline';

const COMMANDS = /(?:^|_)(?:script|scripts|commands?|run|args)$/;

/** Hosts without a reader of their own: what they run is found by the usual names. */
export function readOtherPipeline(root: DataNode): Pipeline | null {
  const steps = commandsIn(root);
  if (steps.length === 0) return null;
  const jobs = [buildJob({ id: 'pipeline', line: root.line, steps })];
  return { name: null, triggers: ['push', 'pull_request'], pushBranches: [], permissions: null, jobs };
}

function commandsIn(node: DataNode): WorkflowStepFact[] {
  if (node.kind === 'list') return itemsOf(node).flatMap(commandsIn);
  return entriesOf(node).flatMap(([key, value]) => (COMMANDS.test(key) ? commandStep(value, key) : commandsIn(value)));
}
