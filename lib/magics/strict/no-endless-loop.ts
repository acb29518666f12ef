import * as z from 'zod';
import { defineRule } from '../define';

export const noEndlessLoop = defineRule({
  id: 'strict/no-endless-loop',
  catalogue: 'STR-L5',
  group: 'logic',
  severity: 'high',
  needs: ['logicFlaws'],
  limits: { per: 'kloc', good: 0, bad: 0.2 },
  effort: 'trivial',
  references: [
    'https://rules.sonarsource.com/java/RSPEC-2189/',
    'https://rules.sonarsource.com/java/RSPEC-2251/',
    'https://eslint.org/docs/latest/rules/for-direction',
    'https://cwe.mitre.org/data/definitions/835.html',
  ],
  tags: ['CWE-835'],
  options: z.object({}),

  title: { en: 'No loop that cannot end by mistake', ja: '誤って終わらないループを書かない' },
  why: {
    en: 'The program hangs there at full load, and what comes after never runs.',
    ja: '負荷をかけたまま止まり、後の処理は実行されません。',
  },
  fix: {
    en: 'Change what the condition asks inside the loop, step towards the end, or add the exit that is missing.',
    ja: '条件の変数をループ内で変える、終わりへ近づける、または足りない脱出を加えてください。',
  },
  messages: {
    unchanged: {
      en: 'Nothing in this loop changes its condition, and nothing leaves it: {code}',
      ja: '条件の変数がループ内で変わらず、抜ける文もありません：{code}',
    },
    direction: {
      en: 'Each round leads away from the end: {code}',
      ja: '回るたびに終了条件から遠ざかります：{code}',
    },
    followed: {
      en: 'This loop has no exit, so the code after it never runs: {code}',
      ja: '抜ける文がないため、後のコードは実行されません：{code}',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'src/sum.js':
            'export function sum(rows) {\n  let total = 0;\n  for (let i = 0; i < rows.length; i--) total += rows[i];\n  return total;\n}\n',
        },
      },
      {
        files: {
          'poll.py': 'def poll(jobs):\n    tries = 0\n    while tries < 3:\n        jobs.check()\n    return jobs\n',
        },
      },
      {
        files: {
          'src/Poll.java':
            'class Poll {\n  void poll(int limit) {\n    int tries = 0;\n    while (tries < limit) {\n      check();\n    }\n  }\n}\n',
        },
      },
      { files: { 'serve.go': 'package serve\n\nfunc Serve() {\n\tfor {\n\t\tstep()\n\t}\n\tcleanup()\n}\n' } },
      {
        files: {
          'src/serve.php':
            '<?php\nfunction serve($queue) {\n    while (true) {\n        $queue->step();\n    }\n    $queue->close();\n}\n',
        },
      },
    ],
    good: [
      {
        files: {
          'serve.go':
            'package serve\n\nfunc Serve() {\n\tfor {\n\t\tselect {\n\t\tcase job := <-jobs:\n\t\t\trun(job)\n\t\t}\n\t}\n}\n',
        },
      },
      {
        files: {
          'poll.py':
            'def poll(jobs):\n    tries = 0\n    while tries < 3:\n        tries += 1\n    while True:\n        if jobs.check():\n            break\n    return jobs\n',
        },
      },
      {
        files: {
          'src/wait.js':
            'export function wait(state) {\n  let open = 1;\n  state.on("end", () => { open = 0; });\n  while (open === 1) state.step();\n  for (let i = 9; i >= 0; i--) state.step(i);\n}\n',
        },
      },
      {
        files: {
          'src/wait.cpp':
            'void wait(int limit) {\n  int tries = 0;\n  while (tries < limit) {\n    step(tries);\n  }\n  for (unsigned i = limit - 1; i < limit; i--) {\n    step(i);\n  }\n}\n',
        },
      },
      {
        files: {
          'src/main.rs':
            'fn main() {\n    let x = loop {\n        if let Some(x) = next() {\n            break x;\n        }\n    };\n    show(x);\n    loop {\n        step()?;\n    }\n}\n',
        },
      },
    ],
  },

  *check({ logicFlaws }) {
    for (const { path, role, line, form, text, detail = 'unchanged' } of logicFlaws) {
      if (role !== 'production' || form !== 'endless-loop') continue;
      yield {
        messageId: detail,
        data: { code: text.slice(0, 80) },
        location: { path, line },
        evidence: text,
        severity: detail === 'followed' ? 'medium' : 'high',
        anchor: `${detail} ${text}`,
      };
    }
  },
});
