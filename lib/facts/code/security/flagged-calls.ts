import type { BlobFacts } from '../../blob-facts';
import type { CallPattern } from '../../languages/security/types';
import { isConstant } from '../body-shape';
import type { CallSite } from '../calls';
import { ancestorWithRole, type CodeTree, endOf, partsOf, startOf } from '../code-tree';
import { argumentList, argumentText } from './nodes';
import type { FoundFlaw } from './row';
import { hasOtherPurpose, isAboutSecret, isWebSocketKey } from './secret-context';

/** Calls that are flaws by their names and arguments. */
export function flaggedCalls(
  tree: CodeTree,
  sites: readonly CallSite[],
  patterns: readonly CallPattern[],
  imports: BlobFacts['imports'],
): FoundFlaw[] {
  const usable = patterns.filter(
    ({ imported }) => !imported || imports.some(({ specifier }) => imported.test(specifier)),
  );
  const names = tree.grammar.table.importedNames?.(tree) ?? null;
  const found: FoundFlaw[] = [];
  for (const { node, callee } of sites) {
    const full = names === null ? callee : fullName(callee, names);
    for (const pattern of usable) {
      if (!pattern.callee.test(full)) continue;
      const form = judge(tree, node, pattern);
      if (form === null) continue;
      found.push({ form, callee, node });
      break;
    }
  }
  return found;
}

function judge(tree: CodeTree, call: number, pattern: CallPattern): FoundFlaw['form'] | null {
  const given = argumentText(tree, call);
  if (pattern.given && !pattern.given.test(given)) return null;
  if (pattern.unless?.test(given)) return null;
  if (pattern.unlessThen?.test(tree.text.slice(endOf(tree, call), endOf(tree, call) + 40))) return null;
  if (pattern.unlessIn?.test(functionAround(tree, call))) return null;
  if (pattern.form === 'deserialise' && isSigned(tree, call)) return null;
  if (pattern.needsVariable && hasLiteralFirst(tree, call)) return null;
  if (!pattern.needsSecret && !pattern.secretForm) return pattern.form;
  if (hasOtherPurpose(tree, call) || (pattern.form === 'weak-hash' && isWebSocketKey(tree, call))) return null;
  const isSecret = isAboutSecret(tree, call, given);
  if (isSecret) return pattern.secretForm ?? pattern.form;
  return pattern.needsSecret ? null : pattern.form;
}

const SIGNATURE = /\b(?:hmac\.|hash_hmac\(|createHmac\()/i;
const COMPARISON = /compare_digest|hash_equals|timingSafeEqual|_lscmp/i;
const BEFORE = 500;

/** The lines before made sure that the program itself wrote the data. */
function isSigned(tree: CodeTree, call: number): boolean {
  const start = startOf(tree, call);
  const outer = ancestorWithRole(tree, call, 'function');
  const before = tree.text.slice(Math.max(outer === null ? 0 : startOf(tree, outer), start - BEFORE), start);
  return SIGNATURE.test(before) && COMPARISON.test(before);
}

function functionAround(tree: CodeTree, node: number): string {
  const outer = ancestorWithRole(tree, node, 'function');
  return (outer === null ? null : tree.grammar.table.functionName(tree, outer)) ?? '';
}

function hasLiteralFirst(tree: CodeTree, call: number): boolean {
  const list = argumentList(tree, call);
  const [first] = list === null ? [] : partsOf(tree, list);
  if (first === undefined) return true;
  const value = isConstant(tree, first) ? first : (partsOf(tree, first).at(-1) ?? first);
  return isConstant(tree, first) || (partsOf(tree, first).length === 1 && isConstant(tree, value));
}

function fullName(callee: string, names: ReadonlyMap<string, string>): string {
  const end = callee.search(/[^\w$]/);
  const head = end < 0 ? callee : callee.slice(0, end);
  const full = names.get(head);
  return full === undefined ? callee : full + callee.slice(head.length);
}
