import {
  type CodeTree,
  fieldOf,
  fieldText,
  hasRole,
  kindOf,
  nextOf,
  nodesWithRole,
  parentOf,
  partsOf,
  textOf,
} from '../code-tree';
import { mentions } from './scope';
import { type SlowRow, slowRow } from './slow-row';

const MAX_FUNCTION = 50_000;
const MAX_CLIMB = 50;

/** A handler that writes to a variable of the whole process. */
export function sharedStates(tree: CodeTree): SlowRow[] {
  const { slow } = tree.grammar.table;
  if (!slow?.sharedNames || !slow.writes) return [];
  const rows: SlowRow[] = [];
  for (const fn of nodesWithRole(tree, 'function')) {
    if (!slow.isHandler?.(tree, fn)) continue;
    const names = new Set(slow.sharedNames(tree, fn));
    if (names.size === 0) continue;
    const text = textOf(tree, fn, MAX_FUNCTION);
    if (slow.guard?.test(text)) continue;
    const end = nextOf(tree, fn);
    for (let node = fn + 1; node < end; node++) {
      if (!slow.writes.includes(kindOf(tree, node))) continue;
      const name = targetOf(tree, node);
      if (!names.has(name)) continue;
      if (isShadowed(tree, fn, text, name)) names.delete(name);
      else if (!isFirstUse(tree, fn, node, name)) {
        rows.push(slowRow(tree, node, 'shared-state', name));
        names.delete(name);
      }
    }
  }
  return rows;
}

function targetOf(tree: CodeTree, write: number): string {
  const target = fieldOf(tree, write, 'left') ?? fieldOf(tree, write, 'argument') ?? partsOf(tree, write)[0];
  return target === undefined ? '' : textOf(tree, target, 100);
}

/** A local variable or a parameter of that name, or a value that is filled in when it is missing. */
function isShadowed(tree: CodeTree, fn: number, text: string, name: string): boolean {
  if (!/^\w{1,100}$/.test(name) || mentions(fieldText(tree, fn, 'parameters') ?? '', [name])) return true;
  return new RegExp(
    `\\b(?:let|const|var)\\s{1,3}${name}\\b|\\b${name}\\s{0,3}(?:,[\\s\\w,]{1,60})?:=|\\b${name}\\s{0,3}(?:\\?\\?|\\|\\|)=`,
  ).test(text);
}

/** Something made once and kept: `if (!client) client = connect()`. */
function isFirstUse(tree: CodeTree, fn: number, write: number, name: string): boolean {
  let up = parentOf(tree, write);
  for (let step = 0; up > fn && step < MAX_CLIMB; step++, up = parentOf(tree, up)) {
    if (!hasRole(tree, up, 'if')) continue;
    const condition = fieldOf(tree, up, 'condition');
    if (condition !== null && textOf(tree, condition, 300).includes(name)) return true;
  }
  return false;
}
