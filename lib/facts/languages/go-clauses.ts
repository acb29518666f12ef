import {
  type CodeTree,
  childOfKind,
  descendantsOfKind,
  fieldOf,
  fieldText,
  kindOf,
  partsOf,
  textOf,
} from '../code/code-tree';
import type { IgnoredError } from './types';

/** `if err != nil {}` is Go's empty catch, `_ = call()` its dropped result where the result is known to be an error. */
export function goIgnoredErrors(tree: CodeTree): IgnoredError[] {
  const rows: IgnoredError[] = [];
  const failing = failingFunctions(tree);
  for (const node of descendantsOfKind(tree, 0, 'if_statement', 'assignment_statement')) {
    if (kindOf(tree, node) === 'if_statement' && isEmptyErrorCheck(tree, node))
      rows.push({ node, form: 'pass', isBroad: true });
    if (kindOf(tree, node) === 'assignment_statement' && dropsError(tree, node, failing)) {
      rows.push({ node, form: 'ignored-result', isBroad: false });
    }
  }
  return rows;
}

function isEmptyErrorCheck(tree: CodeTree, node: number): boolean {
  if (fieldOf(tree, node, 'alternative') !== null) return false;
  if (!/^err\w* != nil$/.test(fieldText(tree, node, 'condition') ?? '')) return false;
  const body = fieldOf(tree, node, 'consequence');
  if (body === null) return false;
  const list = childOfKind(tree, body, 'statement_list');
  const statements = list === null ? [] : partsOf(tree, list);
  return statements.every((statement) => textOf(tree, statement, 20) === '_ = err');
}

function dropsError(tree: CodeTree, node: number, failing: ReadonlySet<string>): boolean {
  if (fieldText(tree, node, 'left')?.trim() !== '_') return false;
  const right = fieldOf(tree, node, 'right');
  const [value, ...others] = right === null ? [] : partsOf(tree, right);
  if (value === undefined || others.length > 0 || kindOf(tree, value) !== 'call_expression') return false;
  const callee = fieldText(tree, value, 'function')?.replace(/\s+/g, '') ?? '';
  return FAILS.test(callee) || failing.has(callee.slice(callee.lastIndexOf('.') + 1));
}

/** Functions and methods of the file whose last result is an error. */
function failingFunctions(tree: CodeTree): ReadonlySet<string> {
  const names = descendantsOfKind(tree, 0, 'function_declaration', 'method_declaration', 'method_elem')
    .filter((node) => /\berror\s*\)?$/.test(fieldText(tree, node, 'result') ?? ''))
    .map((node) => fieldText(tree, node, 'name') ?? '');
  return new Set(names);
}

/** Well-known calls whose only result is an error. */
const FAILS =
  /^(?:os\.(?:Remove|RemoveAll|Rename|Mkdir|MkdirAll|Chmod|Chown|Chdir|WriteFile|Setenv|Unsetenv|Truncate|Symlink|Link)|(?:json|xml|yaml|toml|proto)\.Unmarshal|binary\.(?:Read|Write)|syscall\.(?:Kill|Close|Exec)|http\.(?:ListenAndServe|ListenAndServeTLS|Serve))$|\.(?:Close|Flush|Sync|Shutdown|Decode|Encode|Commit|Rollback|Run|Wait|Scan|UnmarshalJSON|Truncate|SetDeadline|SetReadDeadline|SetWriteDeadline)$/;
