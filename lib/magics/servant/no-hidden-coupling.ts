import * as z from 'zod';
import type { SketchCommit } from '../define';
import { defineRule } from '../define';
import { languageOfPath } from '../paths';
import { coChanges } from './co-change';
import { readDependencies } from './dependencies';

const text = (step: number, imported = '') => `${imported}export const step = ${step};\n`;
const start = (files: Record<string, string>): SketchCommit => ({ message: 'Start', files });
const together = (paths: string[], times: number, imported = ''): SketchCommit[] =>
  Array.from({ length: times }, (_, step) => ({
    message: `Change the form ${step}`,
    files: Object.fromEntries(paths.map((path, index) => [path, text(step, index === 0 ? imported : '')])),
  }));
/** Shows that imports of this language are followed. */
const LINKED = { 'src/ui/view.ts': "import './style';\n", 'src/ui/style.ts': 'export {};\n' };

export const noHiddenCoupling = defineRule({
  id: 'servant/no-hidden-coupling',
  catalogue: 'SRV-08',
  group: 'coupling',
  severity: 'medium',
  confidence: 0.85,
  needs: ['commits', 'components', 'files', 'imports'],
  limits: { per: 'sites', good: 0, bad: 10 },
  effort: 'large',
  references: [
    'https://github.com/adamtornhill/code-maat',
    'https://codescene.io/docs/guides/technical/change-coupling.html',
  ],
  tags: ['CWE-1060'],
  options: z.object({
    minDegree: z.number().min(0.1).max(1).default(0.5),
    minShared: z.number().int().min(3).default(10),
    maxFiles: z.number().int().min(2).max(500).default(30),
  }),

  title: { en: 'No hidden coupling between parts', ja: '部品どうしの隠れた結合をなくす' },
  why: {
    en: 'Two files that must change together, with nothing in the code that says so: one will be forgotten.',
    ja: 'コードのどこにも書かれていないのに一緒に変える必要があるファイルは、いつか片方が忘れられます。',
  },
  fix: {
    en: 'Give the shared rule one home both import, or move the two files together.',
    ja: '共通の決まりを1か所に置いて両方から参照するか、2つのファイルを同じ部品に移してください。',
  },
  messages: {
    coupled: {
      en: 'Changed together with “{other}” in {shared} commits ({degree} %), without an import between their parts.',
      ja: '部品間に参照がないのに、{shared}件のコミットで「{other}」と一緒に変更されています（{degree}%）。',
    },
  },
  examples: {
    bad: [
      {
        commits: [
          start({ ...LINKED, 'src/orders/form.ts': text(-1), 'src/billing/form.ts': text(-1) }),
          ...together(['src/orders/form.ts', 'src/billing/form.ts'], 12),
        ],
      },
      {
        commits: [
          start({ ...LINKED, 'src/注文/様式.ts': text(-1), 'src/請求/様式.ts': text(-1) }),
          ...together(['src/注文/様式.ts', 'src/請求/様式.ts'], 10),
          ...together(['src/注文/様式.ts'], 8),
        ],
      },
    ],
    good: [
      {
        commits: [
          start({ ...LINKED, 'src/orders/form.ts': text(-1), 'src/billing/form.ts': text(-1) }),
          ...together(['src/orders/form.ts', 'src/billing/form.ts'], 12, "import '../billing/form';\n"),
        ],
      },
      {
        commits: [
          start({
            ...LINKED,
            'src/orders/form.ts': text(-1),
            'src/orders/table.ts': text(-1),
            'src/billing/a.ts': text(1),
          }),
          ...together(['src/orders/form.ts', 'src/orders/table.ts'], 12),
        ],
      },
      {
        commits: [
          start({ ...LINKED, 'src/orders/form.ts': text(-1), 'src/billing/form.ts': text(-1) }),
          ...together(['src/orders/form.ts', 'src/billing/form.ts'], 8),
        ],
      },
      {
        commits: [
          start({ ...LINKED, 'src/orders/form.ts': text(-1), 'src/請求/form.ts': text(-1) }),
          ...together(['src/orders/form.ts', 'src/請求/form.ts'], 10),
          ...together(['src/請求/form.ts'], 25),
        ],
      },
    ],
  },

  *check({ commits, components, files, imports }, options) {
    const dependencies = readDependencies(components, files, imports);
    const followed = new Set(
      imports
        .filter((each) => each.target !== null && each.target !== each.path)
        .map((each) => languageOfPath(each.path)),
    );
    const isSubject = (path: string) => followed.has(languageOfPath(path)) && dependencies.nodeOf(path) !== null;
    const nodes = new Set(
      files
        .map(({ path }) => path)
        .filter(isSubject)
        .map(dependencies.nodeOf),
    );
    if (nodes.size < 2) return { outcome: 'not-applicable', reason: 'no-subjects' };
    const linked = new Set<string>();
    for (const { path, target } of imports) {
      if (target === null) continue;
      const from = dependencies.nodeOf(path);
      const to = dependencies.nodeOf(target);
      if (from !== null && to !== null) linked.add(`${from}\n${to}`).add(`${to}\n${from}`);
    }
    const pairs = coChanges(commits, isSubject, options)
      .filter(({ a, b }) => {
        const from = dependencies.nodeOf(a);
        const to = dependencies.nodeOf(b);
        return from !== to && !linked.has(`${from}\n${to}`);
      })
      .sort((x, y) => y.degree - x.degree || (x.a + x.b < y.a + y.b ? -1 : 1));
    for (const { a, b, shared, degree, commits: ids } of pairs) {
      yield {
        messageId: 'coupled',
        data: { other: b, shared, degree: Math.round(degree * 100) },
        location: { path: a, line: 1 },
        related: [{ path: b, line: 1 }],
        commits: ids,
        anchor: b,
      };
    }
  },
});
