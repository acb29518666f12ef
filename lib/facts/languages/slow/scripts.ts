import { ancestorWithRole, type CodeTree, fieldText, textOf } from '../../code/code-tree';
import type { NodeIndex } from '../types';
import type { SlowTable } from './types';

const isController = (tree: CodeTree, fn: NodeIndex): boolean => {
  const owner = ancestorWithRole(tree, fn, 'class');
  return owner !== null && /Controller$/.test(fieldText(tree, owner, 'name') ?? '');
};

export const rubySlow: SlowTable = {
  isHandler: isController,
  sleep: /^(?:Kernel\.)?sleep$/,
};

export const phpSlow: SlowTable = {
  isHandler: isController,
  sleep: /^u?sleep$/,
  /** Options set one by one, so that all of them can be seen. */
  timeoutless: (tree, call, callee) => {
    if (callee !== 'curl_exec') return false;
    const fn = ancestorWithRole(tree, call, 'function');
    const text = fn === null ? '' : textOf(tree, fn, 20_000);
    return (
      /\bcurl_init\(/.test(text) &&
      !/timeout/i.test(text) &&
      !/\bcurl_setopt_array\(\s{0,3}\$\w{1,60},\s{0,3}\$|\bcurl_setopt\(\s{0,3}\$\w{1,60},\s{0,3}\$/.test(text)
    );
  },
  query: /^\$(?:this->)?(?:pdo|db|conn|connection|mysqli)\.(?:query|exec)$|^mysqli_query$/,
  eachLoop: /^foreach\s{0,3}\(.{1,120}?\s{1,3}as\s{1,3}(?<names>[^()]{1,80})\)/,
};
