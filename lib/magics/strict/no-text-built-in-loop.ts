import * as z from 'zod';
import { defineRule } from '../define';
import { slowFormsOf } from '../slow-forms';

export const noTextBuiltInLoop = defineRule({
  id: 'strict/no-text-built-in-loop',
  catalogue: 'STR-P3',
  group: 'performance',
  severity: 'low',
  needs: ['slowForms'],
  limits: { per: 'kloc', good: 0, bad: 0.5 },
  effort: 'trivial',
  references: ['https://rules.sonarsource.com/java/RSPEC-1643/', 'https://pkg.go.dev/strings#Builder'],
  tags: ['CWE-1046'],
  options: z.object({}),

  title: { en: 'Texts are not built by appending in loops', ja: 'ループの中で文字列を継ぎ足さない' },
  why: {
    en: 'Each append copies the whole text so far: twice the rounds take four times as long.',
    ja: '継ぎ足すたびに全体が複製されます。回数が二倍になれば、時間は四倍になります。',
  },
  fix: {
    en: 'Collect the parts in a builder (StringBuilder, strings.Builder, buildString), or join a list at the end.',
    ja: 'StringBuilder や strings.Builder、buildString に集めるか、最後にリストを連結してください。',
  },
  messages: {
    grown: {
      en: '“{callee}” is copied in each round to append to it.',
      ja: '「{callee}」が、継ぎ足すたびにループの中で複製されます。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'src/Csv.java':
            'class Csv {\n  String row(List<String> cells) {\n    String row = "";\n    for (String cell : cells) {\n      row += cell + ",";\n    }\n    return row;\n  }\n}\n',
        },
      },
      {
        files: {
          'csv.go':
            'package csv\n\nfunc Row(cells []string) string {\n\trow := ""\n\tfor _, cell := range cells {\n\t\trow += cell + ","\n\t}\n\treturn row\n}\n',
        },
      },
      {
        files: {
          'src/Csv.cs':
            'class Csv {\n  string Row(string[] cells) {\n    var row = "";\n    foreach (var cell in cells) {\n      row = row + cell + ",";\n    }\n    return row;\n  }\n}\n',
        },
      },
      {
        files: {
          'src/csv.kt':
            'fun row(cells: List<String>): String {\n    var row = ""\n    for (cell in cells) {\n        row += "$cell,"\n    }\n    return row\n}\n',
        },
      },
    ],
    good: [
      {
        files: {
          'src/Csv.java':
            'class Csv {\n  String row(List<String> cells) {\n    StringBuilder row = new StringBuilder();\n    for (String cell : cells) {\n      row.append(cell).append(",");\n    }\n    return row.toString();\n  }\n}\n',
        },
      },
      {
        files: {
          'csv.go':
            'package csv\n\nfunc Print(cells []string) {\n\tfor _, cell := range cells {\n\t\trow := cell\n\t\trow += ","\n\t\tprint(row)\n\t}\n}\n',
        },
      },
      {
        files: {
          'src/Sum.java':
            'class Sum {\n  int sum(int[] values) {\n    int sum = 0;\n    for (int value : values) {\n      sum += value + 1;\n    }\n    return sum;\n  }\n}\n',
        },
      },
      {
        files: {
          'src/csv.js':
            "export function row(cells) {\n  let row = '';\n  for (const cell of cells) row += cell + ',';\n  return row;\n}\n",
        },
      },
    ],
  },

  *check({ slowForms }) {
    yield* slowFormsOf(slowForms, { form: 'text-in-loop', messageId: 'grown' });
  },
});
