import * as z from 'zod';
import type { EditedFile, EditedFinding } from '../define';
import { defineRule } from '../define';
import { areUsedElsewhere, isPlain } from '../edits/plain-arguments';
import { statementRemoval } from '../edits/statements';
import type { DebugCallFact, FunctionFact, ImportFact, SuppressionFact } from '../facts/code';
import { baseName, directoryOf, languageOfPath } from '../paths';
import { isOneShot } from '../slow-forms';
import type { LineEdit } from '../types';

/** Files whose work is to write to the console. */
const SPEAKING_FILE =
  /(?:log(?:ger|ging|s)?|console|print(?:er|ing)?|report(?:er)?|output|display|repl|terminal|tty|shell|prompt|progress|spinner|banner|usage|help|warn(?:ing|ings)?|debug|trace|echo|dump|cli|colou?rs?|screen|formatter)(?=[^a-z]|$)/i;
const CLI_LIBRARY =
  /^(?:argparse|optparse|click|typer|docopt|fire|rich|commander|yargs|minimist|meow|cac|inquirer|prompts|ora|chalk|picocolors|kleur|clap|structopt|optparse|thor|flag|github\.com\/spf13\/(?:cobra|pflag)|github\.com\/urfave\/cli|picocli|org\.apache\.commons\.cli)\b/;
/** These are never output of a product. */
const ALWAYS_DEBUG =
  /^(?:dbg!?|debugger|breakpoint|pdb\.|ipdb\.|binding\.|byebug|pry|var_dump|dd$|xdebug|console\.(?:debug|trace|dir|table|count|time))/;
/** Warnings and errors on the console are meant to be seen. */
const MEANT = /^console\.(?:warn|error|assert|info)\b|^error_log$|(?:err|stderr)\b|^eprint|^logging\.|^log\./i;
/** Functions that exist to print. */
const PRINTER = /^_?(?:do_?)?(?:print|display|show|dump)(?=$|[A-Z_])/i;
/** More than this many prints in a file: printing is what it does. */
const MANY_PRINTS = 5;

export const noDebugLeftover = defineRule({
  id: 'integrity/no-debug-leftover',
  catalogue: 'INT-11',
  group: 'accountability',
  severity: 'low',
  upTo: 'high',
  needs: ['debugCalls', 'functions', 'imports', 'suppressions'],
  limits: { per: 'kloc', good: 0.2, bad: 3 },
  effort: 'trivial',
  references: [
    'https://eslint.org/docs/latest/rules/no-debugger',
    'https://eslint.org/docs/latest/rules/no-console',
    'https://docs.astral.sh/ruff/rules/debugger/',
    'https://rust-lang.github.io/rust-clippy/master/index.html#dbg_macro',
  ],
  tags: ['CWE-489', 'ISO27001 A.8.28'],
  terms: ['console.log', 'print', 'debugger'],
  options: z.object({
    /** Callees that are output on purpose. */
    allow: z.array(z.string().max(80)).max(50).default([]),
  }),

  title: { en: 'No debugging left behind', ja: 'デバッグ用のコードを残さない' },
  why: {
    en: 'A debugger statement stops the program; stray prints leak data and drown the messages that matter.',
    ja: 'デバッガー文はプログラムを止めます。残された出力は情報を漏らし、必要な記録を埋もれさせます。',
  },
  fix: {
    en: 'Remove it, or write through the logger with a level.',
    ja: '削除するか、レベルを付けてロガーで出力してください。',
  },
  messages: {
    debugger: {
      en: '“{callee}” stops the program for a debugger.',
      ja: '「{callee}」がデバッガーのためにプログラムを止めます。',
    },
    print: { en: '“{callee}” writes to the console.', ja: '「{callee}」がコンソールに出力しています。' },
  },
  edit: withoutDebugging,
  mends: ({ messageId, data }) => messageId === 'debugger' || PRINT.test(`${data.callee}()`),
  examples: {
    bad: [
      { files: { 'src/pay.ts': 'export function pay(card: Card) {\n  debugger;\n  return charge(card);\n}\n' } },
      {
        files: { 'src/pay.ts': 'export function pay(card: Card) {\n  console.log(card);\n  return charge(card);\n}\n' },
      },
      { files: { 'shop/pay.py': 'def pay(card):\n    breakpoint()\n    return charge(card)\n' } },
      { files: { 'src/lib.rs': 'pub fn pay(card: Card) -> u32 {\n    dbg!(&card);\n    charge(card)\n}\n' } },
    ],
    good: [
      {
        files: {
          'extra/release/draft.mjs': 'export function draft(text) {\n  console.log(text);\n}\n',
          'rake/site.rake': 'task :site do\n  puts "Created the site"\nend\n',
          'src/Program.cs':
            'class Program {\n  static void Main(string[] args) {\n    Console.WriteLine(args.Length);\n  }\n}\n',
          'src/Matrix.java': 'class Matrix {\n  void printMatrix() {\n    System.out.println(rows);\n  }\n}\n',
          'system/Rpc.php':
            '<?php\nfunction answer($value) {\n  if (!$value) error_log("no value");\n  return $value;\n}\n',
        },
      },
      {
        files: {
          'src/search.rs':
            'pub fn find() -> u8 {\n    1\n}\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn finds() {\n        println!("{}", super::find());\n        assert_eq!(super::find(), 1);\n    }\n}\n',
          'shop/certs.py': 'from certifi import where\n\nif __name__ == "__main__":\n    print(where())\n',
          'tests/echo/src/main/java/Echo.java':
            'class Echo {\n  void run() {\n    System.out.println("echo");\n  }\n}\n',
        },
      },
      {
        files: {
          'src/pay.ts': "export function pay(card: Card) {\n  logger.info('paid');\n  return charge(card);\n}\n",
        },
      },
      {
        files: {
          'bin/pay.js': 'console.log(total);\n',
          'src/logger.ts': 'export const info = (text: string) => console.log(text);\n',
        },
      },
      { files: { 'shop/report.py': 'def show(order):\n    print(order)\n' } },
      { files: { 'main.go': 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("hello")\n}\n' } },
      {
        files: {
          'src/pay.ts':
            "export function pay(card: Card) {\n  if (!card) console.error('no card');\n  return charge(card);\n}\n",
        },
      },
    ],
  },

  *check({ debugCalls, functions, imports, suppressions }, { allow }) {
    const approved = approvedLines(suppressions);
    const isProgram = programs(functions, imports);
    const printers = functions.filter(({ name }) => PRINTER.test(name));
    const calls = debugCalls.filter((call) => call.role === 'production' && !allow.includes(call.callee));
    const prints = new Map<string, number>();
    for (const call of calls) if (isPlainPrint(call)) prints.set(call.path, (prints.get(call.path) ?? 0) + 1);
    for (const call of calls) {
      if (call.form === 'print' && !ALWAYS_DEBUG.test(call.callee)) {
        if (
          MEANT.test(call.callee) ||
          approved.has(`${call.path}:${call.line}`) ||
          speaks(call.path) ||
          isProgram(call.path) ||
          printers.some((fn) => fn.path === call.path && fn.line <= call.line && call.line <= fn.endLine)
        )
          continue;
        if ((prints.get(call.path) ?? 0) > MANY_PRINTS) continue;
      }
      const isStop = call.form === 'debugger' && call.callee !== 'dbg!';
      yield {
        messageId: isStop ? 'debugger' : 'print',
        data: { callee: call.callee },
        location: { path: call.path, line: call.line },
        severity: isStop ? 'high' : 'low',
      };
    }
  },
});

function isPlainPrint({ form, callee }: DebugCallFact): boolean {
  return form === 'print' && !callee.startsWith('console.') && !ALWAYS_DEBUG.test(callee);
}

function speaks(path: string): boolean {
  return (
    isOneShot(path) ||
    /^utils?\/.*\.(?:rb|pl|tcl)$/.test(path) ||
    SPEAKING_FILE.test(baseName(path)) ||
    /(?:^|\/)(?:[^/]{1,100}\.rake|rakefile)$/i.test(path) ||
    /(?:^|\/)(?:logg?(?:er|ing)?|console|reporters?)\//i.test(path)
  );
}

/** Files that are part of a program with a command line: they hold `main`, sit beside it, or parse arguments. */
function programs(functions: readonly FunctionFact[], imports: readonly ImportFact[]): (path: string) => boolean {
  const files = new Set<string>();
  const sameProgram = new Set<string>();
  const rustTrees: string[] = [];
  for (const { name, container, path, role } of functions) {
    if ((name !== 'main' && name !== 'Main') || role !== 'production') continue;
    files.add(path);
    const language = languageOfPath(path);
    if (container === null && (language === 'go' || language === 'c' || language === 'cpp'))
      sameProgram.add(directoryOf(path));
    if (container === null && language === 'rust' && baseName(path) === 'main.rs')
      rustTrees.push(path.slice(0, -'main.rs'.length));
  }
  for (const { specifier, path, role } of imports) {
    if (role === 'production' && CLI_LIBRARY.test(specifier)) files.add(path);
  }
  return (path) =>
    files.has(path) ||
    sameProgram.has(directoryOf(path)) ||
    rustTrees.some((tree) => path.startsWith(tree) && path.endsWith('.rs'));
}

/** Lines where somebody told a linter that the print is meant: the suppression is judged on its own. */
function approvedLines(suppressions: readonly SuppressionFact[]): ReadonlySet<string> {
  const lines = suppressions.filter(({ checks }) =>
    checks.some((check) => /^(?:.*no-?console|T20[13]?|.*print.*)$/i.test(check)),
  );
  return new Set(lines.flatMap(({ path, line }) => [`${path}:${line}`, `${path}:${line + 1}`]));
}

/** Statements that only stop for a debugger. */
const STOP =
  /^(?:debugger;?|breakpoint\(\)|import (i?pdb); ?\1\.set_trace\(\);?|binding\.(?:pry|irb)|byebug|xdebug_break\(\);)$/;
/** Prints that need no import and give nothing back. */
const PRINT =
  /^(console\.(?:log|debug|trace|dir|table|info)|print|System\.(?:out|err)\.print(?:ln|f)?|println|Console\.Write(?:Line)?|dbg!|var_dump)\((.*)\);?$/;

function withoutDebugging({ data, line }: EditedFinding, file: EditedFile): readonly LineEdit[] {
  const text = file.lines[line - 1]?.trim() ?? '';
  if (STOP.test(text)) return statementRemoval(file, line);
  const [, callee, args = ''] = PRINT.exec(text) ?? [];
  const isOnlyPrint = callee === data.callee && isPlain(args) && areUsedElsewhere(args, file.lines, line);
  return isOnlyPrint ? statementRemoval(file, line) : [];
}
