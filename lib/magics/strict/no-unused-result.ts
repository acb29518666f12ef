import * as z from 'zod';
import { defineRule } from '../define';

export const noUnusedResult = defineRule({
  id: 'strict/no-unused-result',
  catalogue: 'STR-L8',
  group: 'logic',
  severity: 'medium',
  needs: ['logicFlaws'],
  limits: { per: 'kloc', good: 0, bad: 0.5 },
  effort: 'trivial',
  references: [
    'https://rules.sonarsource.com/java/RSPEC-2201/',
    'https://docs.astral.sh/ruff/rules/useless-comparison/',
    'https://pkg.go.dev/golang.org/x/tools/go/analysis/passes/unusedresult',
    'https://cwe.mitre.org/data/definitions/252.html',
  ],
  tags: ['CWE-252'],
  options: z.object({}),

  title: { en: 'No computed value dropped', ja: '計算した値を捨てない' },
  why: {
    en: 'The call only computes: without its result the line does nothing, and the old value is used on.',
    ja: '計算するだけの呼び出しです。結果を使わなければ何も起こらず、古い値が使われ続けます。',
  },
  fix: {
    en: 'Assign or return the result, or remove the line.',
    ja: '結果を代入するか返すか、行を取り除いてください。',
  },
  messages: {
    call: { en: 'The result of this call is not used: {code}', ja: 'この呼び出しの結果が使われていません：{code}' },
    comparison: {
      en: 'This compares and does nothing with the answer: {code}',
      ja: '比較した結果が使われていません：{code}',
    },
  },
  examples: {
    bad: [
      { files: { 'src/name.ts': 'export function clean(name: string) {\n  name.trim();\n  return name;\n}\n' } },
      { files: { 'name.py': 'def clean(name):\n    name.strip()\n    name == ""\n    return name\n' } },
      {
        files: {
          'src/Name.java':
            'class Name {\n  String clean(String name) {\n    name.toLowerCase();\n    return name;\n  }\n}\n',
        },
      },
      {
        files: {
          'name.go': 'package name\n\nfunc Clean(name string) string {\n\tstrings.TrimSpace(name)\n\treturn name\n}\n',
        },
      },
      { files: { 'src/names.cpp': 'void reset(std::vector<int>& names) {\n  names.empty();\n  fill(names);\n}\n' } },
      { files: { 'src/name.php': '<?php\nfunction clean($name) {\n    trim($name);\n    return $name;\n}\n' } },
      { files: { 'name.rb': 'def clean(name)\n  name.strip\n  name\nend\n' } },
    ],
    good: [
      {
        files: {
          'lib/paths.rb':
            'def inside?(path, dir)\n  File.realpath(path).start_with?(dir)\nrescue StandardError\n  false\nend\n',
        },
      },
      {
        files: {
          'src/name.ts':
            'export function clean(name: string) {\n  try {\n    name.trim();\n  } catch {\n    return "";\n  }\n  history.replace(name);\n  return name.trim();\n}\n',
        },
      },
      { files: { 'name.py': 'def clean(name, window):\n    window.lower()\n    return name.strip()\n' } },
      {
        files: {
          'src/Log.java':
            'class Log {\n  private final FileRecords log;\n\n  void close() {\n    log.trim();\n    assertThat(log).startsWith("x");\n  }\n}\n',
        },
      },
      { files: { 'name.rb': 'def clean(name)\n  name.strip\nend\n' } },
      { files: { 'src/name.rs': 'pub fn clean(name: &str) -> String {\n    name.to_lowercase()\n}\n' } },
      {
        files: {
          'src/filter.ts':
            "export function filter(query: Query, name: string) {\n  query.startsWith('name', name);\n  return query;\n}\n",
          'src/ItemsSpecification.cs':
            'class ItemsSpecification : Specification<Item> {\n  public ItemsSpecification(int[] ids) {\n    Query.Where(item => ids.Contains(item.Id));\n  }\n}\n',
        },
      },
      { files: { 'src/gone.cpp': 'void gone(const char* path) {\n  std::remove(path);\n}\n' } },
    ],
  },

  *check({ logicFlaws }) {
    for (const { path, role, line, form, text, detail = 'call' } of logicFlaws) {
      if (role !== 'production' || form !== 'unused-result') continue;
      yield {
        messageId: detail,
        data: { code: text.slice(0, 80) },
        location: { path, line },
        evidence: text,
        anchor: text,
      };
    }
  },
});
