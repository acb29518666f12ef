import * as z from 'zod';
import { defineRule } from '../define';
import type { Severity } from '../types';

export const noSelfAssignment = defineRule({
  id: 'strict/no-self-assignment',
  catalogue: 'STR-L6',
  group: 'logic',
  severity: 'high',
  needs: ['logicFlaws'],
  limits: { per: 'kloc', good: 0, bad: 0.5 },
  effort: 'trivial',
  references: [
    'https://rules.sonarsource.com/java/RSPEC-1656/',
    'https://eslint.org/docs/latest/rules/no-self-assign',
    'https://www.shellcheck.net/wiki/SC2269',
  ],
  tags: ['CWE-398', 'ISO25010 reliability'],
  options: z.object({}),

  title: { en: 'No variable assigned to itself', ja: '変数を自分自身に代入しない' },
  why: {
    en: 'It does nothing: the field stays unset because “this.” is missing, or another value was meant.',
    ja: '何も起こりません。「this.」を忘れて項目が設定されないか、別の値のはずです。',
  },
  fix: {
    en: 'Assign to the field, assign the value that was meant, or remove the line.',
    ja: '項目に代入する、意図した値にする、または行を取り除いてください。',
  },
  messages: { self: { en: 'This assigns a value to itself: {code}', ja: '自分自身への代入です：{code}' } },
  examples: {
    bad: [
      {
        files: {
          'src/User.java':
            'class User {\n  private String name;\n\n  void setName(String newName) {\n    name = name;\n  }\n}\n',
        },
      },
      {
        files: {
          'src/user.ts': 'export class User {\n  age = 0;\n  copy(other: User) {\n    this.age = this.age;\n  }\n}\n',
        },
      },
      { files: { 'user.go': 'package user\n\nfunc Set(u *User, name string) {\n\tname = name\n\tu.Save()\n}\n' } },
      { files: { 'user.py': 'def set_name(user, name):\n    name = name\n    user.save()\n' } },
      { files: { 'bin/run.sh': '#!/bin/bash\nroot=$root\necho "$root"\n' } },
    ],
    good: [
      {
        files: {
          'include/join.h':
            'namespace shop {\ntemplate <typename It, typename S,\n          typename Char = typename decltype(view(std::declval<S>()))::value_type>\nauto join(It begin, S&& separator) -> join_view<It, Char> {\n  return {begin, view(separator)};\n}\n}\n',
        },
      },
      {
        files: {
          'src/User.java':
            'class User {\n  private String name;\n\n  void setName(String name) {\n    this.name = name;\n  }\n}\n',
        },
      },
      {
        files: {
          'src/User.cs': 'class Copy {\n  User Make(string Name) {\n    return new User { Name = Name };\n  }\n}\n',
        },
      },
      {
        files: {
          'src/page.js':
            'export function reload() {\n  location.href = location.href;\n  return build({ name: name });\n}\n',
        },
      },
      { files: { 'user.py': 'class Types:\n    int = int\n\n\ndef make(name):\n    return dict(name=name)\n' } },
      { files: { 'bin/run.sh': '#!/bin/bash\nROOT=$ROOT ./build\nexport PATH=$PATH\nTARGET=$TARGET\n' } },
      { files: { 'src/run.c': 'int main(int argc, char **argv) {\n  argc = argc;\n  return run(argv);\n}\n' } },
    ],
  },

  *check({ logicFlaws }) {
    for (const { path, role, line, form, text } of logicFlaws) {
      if (role !== 'production' || form !== 'self-assignment') continue;
      yield {
        messageId: 'self',
        data: { code: text.slice(0, 80) },
        location: { path, line },
        evidence: text,
        severity: severityOf(text),
        anchor: text,
      };
    }
  },
});

/** A property may have a setter that does something; a script says with it which variables it takes. */
function severityOf(text: string): Severity {
  const target = text.split('=', 1)[0] ?? '';
  if (text.includes('$') && !text.startsWith('$')) return 'low';
  if (!/[.\]>]/.test(target)) return 'high';
  return /^(?:this|self|\$this)\b/.test(target) ? 'medium' : 'low';
}
