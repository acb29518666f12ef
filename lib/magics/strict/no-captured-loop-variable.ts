import * as z from 'zod';
import { defineRule } from '../define';

export const noCapturedLoopVariable = defineRule({
  id: 'strict/no-captured-loop-variable',
  catalogue: 'STR-L9',
  group: 'logic',
  severity: 'high',
  needs: ['logicFlaws', 'files'],
  limits: { per: 'kloc', good: 0, bad: 0.5 },
  effort: 'trivial',
  references: [
    'https://docs.astral.sh/ruff/rules/function-uses-loop-variable/',
    'https://eslint.org/docs/latest/rules/no-loop-func',
  ],
  tags: ['CWE-758'],
  options: z.object({}),

  title: {
    en: 'No closure over a loop variable that all rounds share',
    ja: 'ループ変数を共有するクロージャを作らない',
  },
  why: {
    en: 'The function reads the variable when it is called: by then all of them see the value of the last round.',
    ja: '呼ばれた時点の値を読むため、どの関数も最後の回の値を見ることになります。',
  },
  fix: {
    en: 'Bind the value per round: a default argument or functools.partial in Python, let or const in JavaScript.',
    ja: '回ごとに値を束縛してください。Python では既定引数か functools.partial、JavaScript では let か const です。',
  },
  messages: {
    captured: {
      en: 'This function reads “{name}” after the loop has moved on.',
      ja: 'この関数は、ループが進んだ後の「{name}」を読みます。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'menu.py':
            'def build(menu, names):\n    for name in names:\n        menu.actions.append(lambda: open_page(name))\n',
        },
      },
      { files: { 'rows.py': 'ROWS = [lambda: i * 2 for i in range(3)]\n' } },
      {
        files: {
          'src/menu.js':
            'function build(items) {\n  for (var i = 0; i < items.length; i++) {\n    items[i].onclick = function () {\n      open(i);\n    };\n  }\n}\n',
        },
      },
    ],
    good: [
      {
        files: {
          'menu.py':
            'def build(menu, names):\n    for name in names:\n        menu.actions.append(lambda name=name: open_page(name))\n        menu.rows.sort(key=lambda row: row[name])\n',
        },
      },
      {
        files: {
          'src/menu.js':
            'function build(items) {\n  for (let i = 0; i < items.length; i++) {\n    items[i].onclick = () => open(i);\n  }\n  for (var j = 0; j < 3; j++) items.forEach(function (item) { item.open(j); });\n}\n',
        },
      },
      {
        files: {
          'src/menu.js':
            'function build(items) {\n  for (var i = 0; i < items.length; i++) {\n    (function (i) {\n      setTimeout(function () { open(i); });\n    })(i);\n  }\n}\n',
        },
      },
      { files: { 'rows.py': 'ROWS = [lambda i=i: i * 2 for i in range(3)]\n' } },
    ],
  },

  *check({ logicFlaws, files }) {
    const isSubject = files.some(
      ({ role, language }) => role === 'production' && language !== null && SHARING.has(language),
    );
    if (!isSubject) return { outcome: 'not-applicable', reason: 'no-subjects' };
    for (const { path, role, line, form, text } of logicFlaws) {
      if (role !== 'production' || form !== 'captured-variable') continue;
      yield { messageId: 'captured', data: { name: text }, location: { path, line }, anchor: text };
    }
  },
});

/** Languages where rounds of a loop may share one variable. */
const SHARING: ReadonlySet<string> = new Set(['python', 'javascript', 'typescript', 'tsx']);
