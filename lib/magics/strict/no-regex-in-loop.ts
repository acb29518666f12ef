import * as z from 'zod';
import { defineRule } from '../define';
import { slowFormsOf } from '../slow-forms';

export const noRegexInLoop = defineRule({
  id: 'strict/no-regex-in-loop',
  catalogue: 'STR-P4',
  group: 'performance',
  severity: 'low',
  needs: ['slowForms'],
  limits: { per: 'kloc', good: 0, bad: 0.5 },
  effort: 'trivial',
  references: [
    'https://rust-lang.github.io/rust-clippy/master/index.html#regex_creation_in_loops',
    'https://rules.sonarsource.com/java/RSPEC-4248/',
  ],
  tags: ['CWE-1050'],
  options: z.object({}),

  title: { en: 'No pattern compiled in a loop', ja: 'ループの中で正規表現を組み立てない' },
  why: {
    en: 'Compiling a pattern costs far more than one match; the loop pays for the same pattern again and again.',
    ja: '正規表現の組み立ては一回の照合よりずっと重く、同じものを何度も作り直すことになります。',
  },
  fix: {
    en: 'Compile it once, before the loop or as a constant.',
    ja: 'ループの前か定数として、一度だけ組み立ててください。',
  },
  messages: {
    compiled: {
      en: '“{callee}” compiles the same pattern in each round.',
      ja: '「{callee}」が、同じ正規表現を毎回組み立てています。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'src/Words.java':
            'class Words {\n  void find(List<String> lines) {\n    for (String line : lines) {\n      show(Pattern.compile("\\\\w+").matcher(line));\n    }\n  }\n}\n',
        },
      },
      {
        files: {
          'words.go':
            'package words\n\nfunc Find(lines []string) {\n\tfor _, line := range lines {\n\t\tshow(regexp.MustCompile(`\\w+`).FindString(line))\n\t}\n}\n',
        },
      },
      {
        files: {
          'src/words.rs':
            'pub fn find(lines: &[String]) {\n    for line in lines {\n        let word = Regex::new(r"\\w+").unwrap();\n        show(word.find(line));\n    }\n}\n',
        },
      },
      {
        files: {
          'src/words.ts':
            "export function find(lines: string[]) {\n  for (const line of lines) {\n    show(new RegExp('a+').exec(line));\n  }\n}\n",
        },
      },
    ],
    good: [
      {
        files: {
          'src/Words.java':
            'class Words {\n  private static final Pattern WORD = Pattern.compile("\\\\w+");\n\n  void find(List<String> lines) {\n    for (String line : lines) {\n      show(WORD.matcher(line));\n    }\n  }\n}\n',
        },
      },
      {
        files: {
          'words.go':
            'package words\n\nfunc Find(words []string, text string) {\n\tfor _, word := range words {\n\t\tshow(regexp.MustCompile(word).FindString(text))\n\t}\n}\n',
        },
      },
      {
        files: {
          'src/words.ts':
            "export function find(names: string[], text: string) {\n  for (const name of names) {\n    show(new RegExp(name + '+').exec(text), /a+/.exec(text));\n  }\n}\n",
        },
      },
      {
        files: {
          'app/words.py':
            'import re\n\n\ndef find(names, text):\n    for name in names:\n        show(re.compile(r"\\b" + name).search(text))\n        show(re.compile(f"{name}s").search(text))\n',
        },
      },
    ],
  },

  *check({ slowForms }) {
    yield* slowFormsOf(slowForms, { form: 'regex-in-loop', messageId: 'compiled' });
  },
});
