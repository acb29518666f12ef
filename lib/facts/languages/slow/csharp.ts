import { modifierText } from '../shared';
import type { SlowTable } from './types';

export const csharpSlow: SlowTable = {
  isHandler: (tree, fn) =>
    /\[\s{0,3}Http(?:Get|Post|Put|Delete|Patch)\b/.test(modifierText(tree, fn, 'attribute_list')),
  isAsync: (tree, fn) => /\basync\b/.test(modifierText(tree, fn, 'modifier')),
  sleep: /^(?:System\.Threading\.)?Thread\.Sleep$/,
  blocking: /^(?:System\.Threading\.)?Thread\.Sleep$|^Task\.Wait(?:All|Any)$|\.GetAwaiter\(\)\.GetResult$/,
  query:
    /(?:^|\.)_?\w{0,40}(?:[rR]epository|[cC]ontext|[dD]b|[hH]ttpClient)\.(?:\w{1,40}\.)?(?:Find|FindAsync|GetByIdAsync|FirstOrDefaultAsync|SingleOrDefaultAsync|FirstAsync|SingleAsync|GetStringAsync|GetAsync|PostAsync|PostAsJsonAsync|GetFromJsonAsync|ExecuteSqlRawAsync)$/,
  eachLoop: /^(?:await\s{1,3})?foreach\s{0,3}\([^()]{1,80}?\s(?<names>\w{1,60})\s{1,3}in\s/,
  pattern: /^(?:System\.Text\.RegularExpressions\.)?Regex$/,
  appends: ['assignment_expression'],
};
