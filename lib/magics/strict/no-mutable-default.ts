import * as z from 'zod';
import { defineRule } from '../define';

export const noMutableDefault = defineRule({
  id: 'strict/no-mutable-default',
  catalogue: 'STR-L9',
  group: 'logic',
  severity: 'high',
  needs: ['logicFlaws', 'files'],
  limits: { per: 'kloc', good: 0, bad: 2 },
  effort: 'trivial',
  references: [
    'https://docs.astral.sh/ruff/rules/mutable-argument-default/',
    'https://docs.python.org/3/faq/programming.html#why-are-default-values-shared-between-objects',
  ],
  tags: ['CWE-665'],
  options: z.object({}),

  title: { en: 'No default value that calls share', ja: '既定値を呼び出し間で共有しない' },
  why: {
    en: 'Python makes a default once: what one call puts in, the next call finds there.',
    ja: 'Python の既定値は一度だけ作られ、ある呼び出しの変更が次の呼び出しに残ります。',
  },
  fix: {
    en: 'Use None as the default and make the value inside the function.',
    ja: '既定値を None にし、関数の中で値を作ってください。',
  },
  messages: {
    changed: {
      en: 'All calls share this default, and the function changes it or hands it out: {code}',
      ja: '全呼び出しで共有される既定値を、関数が変更または外へ渡しています：{code}',
    },
    shared: { en: 'All calls share this default: {code}', ja: '既定値が全呼び出しで共有されます：{code}' },
  },
  examples: {
    bad: [
      { files: { 'cart.py': 'def add(item, cart=[]):\n    cart.append(item)\n    return cart\n' } },
      { files: { 'cart.py': 'class Cart:\n    def __init__(self, items: dict = {}):\n        self.items = items\n' } },
      { files: { 'cart.py': 'def show(item, seen=set()):\n    return item in seen\n' } },
    ],
    good: [
      {
        files: {
          'cart.py': 'def add(item, cart=None):\n    cart = cart or []\n    cart.append(item)\n    return cart\n',
        },
      },
      {
        files: {
          'cart.py':
            'def show(item, kinds=("a", "b"), names=frozenset()):\n    return item in kinds or item in names\n',
        },
      },
      { files: { 'cart.py': 'add = lambda item, memo={}: memo.setdefault(item, len(memo))\n' } },
      {
        files: {
          'src/cart.ts': 'export const add = (item: Item, cart: Item[] = []) => [...cart, item];\n',
          'a.py': 'A = 1\n',
        },
      },
    ],
  },

  *check({ logicFlaws, files }) {
    if (!files.some(({ role, language }) => role === 'production' && language === 'python')) {
      return { outcome: 'not-applicable', reason: 'no-subjects' };
    }
    for (const { path, role, line, form, text, detail } of logicFlaws) {
      if (role !== 'production' || form !== 'mutable-default') continue;
      const isChanged = detail === 'changed';
      yield {
        messageId: isChanged ? 'changed' : 'shared',
        data: { code: text.slice(0, 80) },
        location: { path, line },
        evidence: text,
        severity: isChanged ? 'high' : 'low',
        anchor: text,
      };
    }
  },
});
