import {
  type CodeTree,
  childOfKind,
  childrenOf,
  fieldOf,
  fieldText,
  kindOf,
  parentOf,
  partsOf,
  textOf,
} from '../../code/code-tree';
import type { NodeIndex } from '../types';
import type { SlowTable } from './types';

/** Parameters as Express, Koa, Fastify and Node name them. */
const HANDLER =
  /^\(\s*(?:\w{1,10}\s*(?::[^,()]{1,60})?,\s*)?_?(?:req|request)\b[^,()]{0,80},\s*_?(?:res|response|reply|rep)\b|^\(\s*ctx\b[^,()]{0,60},\s*_?next\b/;
const ROUTE = /^(?:GET|POST|PUT|PATCH|DELETE)$/;

function isHandler(tree: CodeTree, fn: NodeIndex): boolean {
  if (HANDLER.test(fieldText(tree, fn, 'parameters') ?? '')) return true;
  return ROUTE.test(fieldText(tree, fn, 'name') ?? '') && kindOf(tree, parentOf(tree, fn)) === 'export_statement';
}

/** Variables of the module that may be written to. */
function sharedNames(tree: CodeTree): string[] {
  return childrenOf(tree, 0)
    .map((child) =>
      kindOf(tree, child) === 'export_statement' ? (fieldOf(tree, child, 'declaration') ?? child) : child,
    )
    .filter((child) => /^(?:lexical|variable)_declaration$/.test(kindOf(tree, child)))
    .filter((child) => childOfKind(tree, child, 'const') === null)
    .flatMap((child) => partsOf(tree, child).flatMap((part) => fieldText(tree, part, 'name') ?? []));
}

const EMPTY = /^(?:new\s{1,3}(?:Map|Set)(?:<[^()]{0,200}>)?\(\)|\[\])$/;

function collections(tree: CodeTree): string[] {
  return childrenOf(tree, 0)
    .filter((child) => /^(?:lexical|variable)_declaration$/.test(kindOf(tree, child)))
    .flatMap((child) => partsOf(tree, child))
    .filter((part) => EMPTY.test(fieldText(tree, part, 'value') ?? ''))
    .flatMap((part) => fieldText(tree, part, 'name') ?? []);
}

const ALL_ROWS = /(?:^|\.)(?:prisma|db|tx|trx)\.\w{1,40}\.findMany$|^[A-Z]\w{1,40}\.(?:find|findAll)$/;

function wholeTable(tree: CodeTree, call: NodeIndex, callee: string): boolean {
  if (!ALL_ROWS.test(callee)) return false;
  const list = fieldOf(tree, call, 'arguments');
  const given = list === null ? [] : partsOf(tree, list);
  return given.length === 0 || (given.length === 1 && /^\{\s{0,5}\}$/.test(textOf(tree, given[0] ?? call, 20)));
}

export const ecmaSlow: SlowTable = {
  isHandler,
  isAsync: (tree, fn) => childOfKind(tree, fn, 'async') !== null,
  hasOneThread: true,
  blocking:
    /^(?:(?:fs|fsSync|nodeFs|fse|child_process|childProcess|cp|crypto|zlib)\.)?(?:readFile|writeFile|appendFile|copyFile|cp|rm|readdir|exec|execFile|spawn|pbkdf2|scrypt|generateKeyPair|gzip|gunzip|deflate|inflate|unzip|brotliCompress|brotliDecompress)Sync$|^(?:bcrypt|bcryptjs)\.(?:hash|compare|genSalt)Sync$|^Atomics\.wait$/,
  blockingOnce: /Sync$/,
  query:
    /^(?:fetch|axios(?:\.(?:get|post|put|delete|patch|head|request))?|got(?:\.(?:get|post|put|delete|patch|head))?|(?:this\.)?(?:prisma|db|database|knex|pool|client|connection|conn|sequelize|tx|trx)\.(?:\w{1,40}\.)?(?:query|execute|findUnique|findUniqueOrThrow|findFirst|findMany|findOne|findById|findByPk|insertOne|updateOne|deleteOne|upsert|\$queryRaw|\$executeRaw)|[A-Z]\w{1,40}\.(?:findOne|findById|findByPk|findOneAndUpdate|findByIdAndUpdate|updateOne|deleteOne))$/,
  awaitsQueries: true,
  eachLoop: /^for\s{0,3}(?:await\s{1,3})?\(\s{0,3}(?:const|let|var)\s{1,3}(?<names>[^()]{1,100}?)\s{1,3}of\s/,
  pattern: /^RegExp$/,
  sharedNames,
  writes: ['assignment_expression', 'augmented_assignment_expression', 'update_expression'],
  wholeTable,
  collections,
  adds: (callee, name) => callee === `${name}.set` || callee === `${name}.push` || callee === `${name}.add`,
  localStore: /\b(?:require\(|from\s)\s{0,3}["'](?<name>session-file-store)["']/,
  sessionMaker:
    /\bimport\s{1,3}(?<imported>[\w$]{1,60})\s{1,3}from\s{1,3}["']express-session["']|(?<required>[\w$]{1,60})\s{0,3}=\s{0,3}require\(\s{0,3}["']express-session["']/,
};
