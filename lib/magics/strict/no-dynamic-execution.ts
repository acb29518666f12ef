import * as z from 'zod';
import { defineRule } from '../define';
import { isScriptPath, languageOfPath } from '../paths';

/** A function of that name may be the file's own, a wrapper or a method of a regular expression. */
const OWN_EXEC = /^exec(?:Sync)?$/;
const PROCESSES = /^(?:node:)?child_process$|^shelljs$/;
const ECMA: ReadonlySet<string | null> = new Set(['typescript', 'tsx', 'javascript']);

export const noDynamicExecution = defineRule({
  id: 'strict/no-dynamic-execution',
  catalogue: 'STR-X2',
  group: 'security',
  severity: 'low',
  confidence: 0.8,
  needs: ['dangerousCalls', 'imports'],
  limits: { per: 'sites', good: 0, bad: 5 },
  references: [
    'https://cwe.mitre.org/data/definitions/78.html',
    'https://cwe.mitre.org/data/definitions/95.html',
    'https://docs.astral.sh/ruff/rules/#flake8-bandit-s',
    'https://cheatsheetseries.owasp.org/cheatsheets/OS_Command_Injection_Defense_Cheat_Sheet.html',
  ],
  tags: [
    'CWE-78',
    'CWE-95',
    'OWASP A03',
    'PCI DSS 6.2.4',
    'ISO27001 A.8.28',
    'HIPAA 164.312(a)(1)',
    'HIPAA 164.312(c)(1)',
    'GDPR 32(1)(b)',
  ],
  terms: [
    'eval',
    'command injection',
    'code injection',
    'rce',
    'remote code execution',
    'exec',
    'コマンドインジェクション',
  ],
  options: z.object({}),

  title: { en: 'No shell or code built at run time', ja: '実行時に組み立てた命令を実行しない' },
  why: {
    en: 'Whoever influences the text decides what the machine runs.',
    ja: '文字列に影響を与えられる人が、実行される内容を決められてしまいます。',
  },
  fix: {
    en: 'Where a shell runs, start the program itself with a list of arguments. Where text runs as code, use a parser, a table or a function instead.',
    ja: 'シェルで実行している場合は、引数の配列でプログラムを直接起動してください。文字列をコードとして実行している場合は、構文解析や表、関数に置き換えてください。',
  },
  messages: {
    shell: {
      en: '“{callee}” runs a shell with text built at run time.',
      ja: '「{callee}」が、実行時に組み立てた文字列をシェルで実行しています。',
    },
    eval: { en: '“{callee}” runs text as code.', ja: '「{callee}」が文字列をコードとして実行しています。' },
  },
  examples: {
    bad: [
      {
        files: {
          'src/convert.ts':
            "import { exec } from 'node:child_process';\nexport const convert = (name: string) => exec('convert ' + name);\n",
        },
      },
      { files: { 'app/convert.py': 'import os\n\n\ndef convert(name):\n    os.system("convert " + name)\n' } },
      { files: { 'src/rule.js': 'export function run(rule, row) {\n  return eval(rule.text);\n}\n' } },
      {
        files: {
          'app/convert.py':
            'import subprocess\n\n\ndef convert(name):\n    subprocess.run(f"convert {name}", shell=True)\n',
        },
      },
    ],
    good: [
      {
        files: {
          'src/validate.ts':
            'export function isExpression(text: string) {\n  try {\n    new Function(`return \x24{text}`);\n    return true;\n  } catch {\n    return false;\n  }\n}\n',
          'lib/runner.rb': 'def stop(pipe)\n  system "kill -9 #{pipe.pid}"\nend\n',
        },
      },
      {
        files: {
          'src/convert.ts':
            "import { execFile } from 'node:child_process';\nexport const convert = (name: string) => execFile('convert', [name, 'out.png']);\n",
        },
      },
      {
        files: {
          'app/convert.py':
            'import subprocess\n\n\ndef convert(name):\n    subprocess.run(["convert", name, "out.png"], check=True)\n',
        },
      },
      { files: { 'app/disk.py': 'import os\n\n\ndef free():\n    os.system("df -h")\n' } },
      { files: { 'src/pattern.js': 'export const 一致 = (text) => /^a+$/.exec(text);\n' } },
    ],
  },

  *check({ dangerousCalls, imports }) {
    const usesProcesses = new Set(imports.filter((row) => PROCESSES.test(row.specifier)).map((row) => row.path));
    const seen = new Set<string>();
    let shipped = 0;
    for (const { path, role, line, form, callee, text } of dangerousCalls) {
      if (role !== 'production' && !(role === 'configuration' && form === 'eval')) continue;
      if (OWN_EXEC.test(callee) && ECMA.has(languageOfPath(path)) && !usesProcesses.has(path)) continue;
      const place = `${path}\0${line}\0${callee}`;
      if (seen.has(place)) continue;
      seen.add(place);
      const isScript = isScriptPath(path);
      const weight = isScript ? 0 : 1;
      shipped += weight;
      yield {
        messageId: form,
        data: { callee },
        location: { path, line },
        evidence: text,
        anchor: text,
        weight,
      };
    }
    return { value: shipped };
  },
});
