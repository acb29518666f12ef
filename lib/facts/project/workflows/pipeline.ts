import type { WorkflowFact, WorkflowJobFact, WorkflowStepFact } from '@/lib/magics/facts/project';
import { type DataNode, entriesOf, itemsOf, textOf, textsOf } from '../yaml-tree';

/** A workflow without its path and provider, as each reader returns it. */
export type Pipeline = Omit<WorkflowFact, 'path' | 'provider'>;

const MAX_RUN_CHARACTERS = 8_000;

export function buildJob(
  fields: Partial<WorkflowJobFact> & Pick<WorkflowJobFact, 'id' | 'line' | 'steps'>,
): WorkflowJobFact {
  return {
    condition: null,
    isErrorIgnored: false,
    permissions: null,
    runners: [],
    images: [],
    env: [],
    ...fields,
  };
}

export function buildStep(fields: Partial<WorkflowStepFact> & Pick<WorkflowStepFact, 'line'>): WorkflowStepFact {
  return {
    name: null,
    uses: null,
    run: null,
    condition: null,
    isErrorIgnored: false,
    inputs: [],
    env: [],
    workingDirectory: null,
    ...fields,
  };
}

/** One step for a list of commands, or a text of them; none when there are none. */
export function commandStep(node: DataNode | null, name: string | null = null): WorkflowStepFact[] {
  const commands = textsOf(node);
  if (!node || commands.length === 0) return [];
  return [buildStep({ name, line: lineOf(node), run: commands.join('\n').slice(0, MAX_RUN_CHARACTERS) })];
}

/** The line of the first command: a key stands on the line before its list. */
function lineOf(node: DataNode): number {
  return itemsOf(node)[0]?.line ?? node.line;
}

/** `key=value` of a map, deeper values as text joined by spaces. */
export function flatInputs(node: DataNode | null): string[] {
  return entriesOf(node).map(([key, value]) => `${key}=${textOf(value) ?? textsOf(value).join(' ')}`.slice(0, 1_000));
}
