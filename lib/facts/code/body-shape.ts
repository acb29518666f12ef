import type { FunctionFact } from '@/lib/magics/facts/code';
import { type CodeTree, childrenOf, endOf, hasRole, kindOf, nextOf, partsOf, startOf, textOf } from './code-tree';

export interface BodyShape {
  body: FunctionFact['body'];
  constant: string | null;
}

const shape = (body: FunctionFact['body'], constant: string | null = null): BodyShape => ({ body, constant });

export function bodyShape(tree: CodeTree, node: number, body: number | null): BodyShape {
  const { table } = tree.grammar;
  if (body === null) return shape('none');
  const isBlock = hasRole(tree, body, 'block') || table.isBlockBody?.(tree, body) === true;
  const all = isBlock ? statementsOf(tree, body) : [body];
  const doc = all[0] !== undefined && table.docString?.(tree, all[0]) === true;
  const statements = doc ? all.slice(1) : all;
  if (table.isDeclaration?.(tree, node, all)) return shape('none');
  const real = statements.filter((statement) => !table.noOperation?.test(trimmed(tree, statement)));
  if (real.length === 0) return shape(doc || hasComment(tree, body, node) ? 'documented-empty' : 'empty');

  const [only] = real;
  if (real.length > 1 || only === undefined) return shape('normal');
  const text = trimmed(tree, only);
  if (table.notImplemented.test(text)) return shape('not-implemented');
  const value = resultOf(tree, only, !isBlock);
  if (value === null) return shape('normal');
  const valueText = trimmed(tree, value);
  if (isConstant(tree, value) || table.constantText?.test(valueText)) {
    return isReturned(tree, only, isBlock) ? shape('constant', valueText.slice(0, 40)) : shape('normal');
  }
  if (table.notImplemented.test(valueText)) return shape('not-implemented');
  return shape(isDelegate(tree, value) ? 'delegate' : 'normal');
}

/** Statements of a block, lists of statements opened up. */
export function statementsOf(tree: CodeTree, block: number): number[] {
  const own = tree.grammar.table.statements?.(tree, block);
  if (own) return own;
  return partsOf(tree, block).flatMap((part) => {
    if (!hasRole(tree, part, 'block') || startOf(tree, part) === startOf(tree, block)) {
      return hasRole(tree, part, 'block') && /list|body/.test(kindOf(tree, part)) ? partsOf(tree, part) : [part];
    }
    return /statement_list|body_statement|block_body/.test(kindOf(tree, part)) ? partsOf(tree, part) : [part];
  });
}

const trimmed = (tree: CodeTree, node: number): string => textOf(tree, node, 400).replace(/[;\s]+$/, '');

function hasComment(tree: CodeTree, body: number, node: number): boolean {
  for (let child = body; child < nextOf(tree, node); child++) if (hasRole(tree, child, 'comment')) return true;
  // Indented languages may put the comment of an otherwise empty body before it.
  return childrenOf(tree, node).some(
    (child) => child > node && hasRole(tree, child, 'comment') && endOf(tree, child) <= endOf(tree, node),
  );
}

/** What a single statement returns or evaluates. */
function resultOf(tree: CodeTree, statement: number, isExpression: boolean): number | null {
  if (isExpression) return unwrapped(tree, statement);
  if (hasRole(tree, statement, 'return') || hasRole(tree, statement, 'wrapper')) {
    const parts = partsOf(tree, statement);
    return parts.length === 1 && parts[0] !== undefined ? unwrapped(tree, parts[0]) : null;
  }
  return unwrapped(tree, statement);
}

function unwrapped(tree: CodeTree, node: number): number {
  let inner = node;
  for (;;) {
    const parts = partsOf(tree, inner);
    const [only] = parts;
    const isShell =
      hasRole(tree, inner, 'parentheses') ||
      /^(?:await_expression|await|expression_list|as_expression|arrow_expression_clause|argument_list)$/.test(
        kindOf(tree, inner),
      );
    if (!isShell || parts.length !== 1 || only === undefined) return inner;
    inner = only;
  }
}

function isReturned(tree: CodeTree, statement: number, isBlock: boolean): boolean {
  return !isBlock || hasRole(tree, statement, 'return') || tree.grammar.table.hasImplicitReturn === true;
}

export function isConstant(tree: CodeTree, node: number): boolean {
  if (hasRole(tree, node, 'number') || hasRole(tree, node, 'constant')) return true;
  if (!hasRole(tree, node, 'string')) return false;
  for (let child = node + 1; child < nextOf(tree, node); child++) {
    if (/interpolation|substitution|simple_expansion|variable_name/.test(kindOf(tree, child))) return false;
  }
  return true;
}

function isDelegate(tree: CodeTree, value: number): boolean {
  if (!hasRole(tree, value, 'call')) return false;
  let calls = 0;
  for (let child = value; child < nextOf(tree, value); child++) {
    if (hasRole(tree, child, 'call') && ++calls > 1) return false;
    if (hasRole(tree, child, 'function')) return false;
  }
  return calls === 1;
}
