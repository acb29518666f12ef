import { childOfKind, textOf } from '../../code/code-tree';
import type { SlowTable } from './types';

export const rustSlow: SlowTable = {
  isAsync: (tree, fn) => {
    const modifiers = childOfKind(tree, fn, 'function_modifiers');
    return modifiers !== null && /\basync\b/.test(textOf(tree, modifiers, 100));
  },
  blocking:
    /^(?:std::)?thread::sleep$|^reqwest::blocking::\w{1,20}$|^std::fs::(?:read|write|read_to_string|copy|read_dir|remove_dir_all)$/,
  timeoutless: (tree, _call, callee) =>
    /^reqwest::(?:get|Client::new|blocking::get)$/.test(callee) && !/\btimeout\b/i.test(tree.text),
  pattern: /^(?:regex::)?(?:bytes::)?Regex::new$/,
};
