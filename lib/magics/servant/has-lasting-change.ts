import * as z from 'zod';
import { defineRule, type Sketch } from '../define';
import { componentFinder } from './component-functions';

/** Below this a share says nothing about a part. */
const MIN_LINES = 200;
const MIN_FILES = 3;

const rows = (count: number, name: string) =>
  Array.from({ length: count }, (_, index) => `export const ${name}${index} = ${index};\n`).join('');
const inThree = (folder: string, text: string) =>
  Object.fromEntries(['rates', 'taxes', '割引'].map((name) => [`${folder}/${name}.ts`, text]));
const story = (folder: string, added: number, rewritten: number): Sketch => {
  const kept = rows(added, 'rate').split('\n').slice(rewritten).join('\n');
  return {
    commits: [
      { message: 'Begin', at: '2024-01-01T00:00:00Z', files: inThree(folder, rows(5, 'first')) },
      {
        message: 'Add rates',
        at: '2024-03-01T00:00:00Z',
        files: inThree(folder, rows(5, 'first') + rows(added, 'rate')),
      },
      {
        message: 'Rework rates',
        at: '2024-05-10T00:00:00Z',
        files: inThree(folder, rows(5, 'first') + rows(rewritten, 'tax') + kept),
      },
      { message: 'Note', at: '2024-05-20T00:00:00Z', files: { 'src/note/note.ts': rows(6, 'note') } },
    ],
  };
};

export const hasLastingChange = defineRule({
  id: 'servant/has-lasting-change',
  catalogue: 'SRV-11',
  group: 'substance',
  severity: 'low',
  confidence: 0.8,
  needs: ['files', 'lineSurvival'],
  limits: { per: 'measure', good: 0.8, bad: 0.5, range: [0, 1] },
  report: 'beyond-limit',
  effort: 'large',
  references: ['https://doi.org/10.1109/ICSE.2005.1553571', 'https://github.com/src-d/hercules'],
  tags: [],
  options: z.object({}),

  title: { en: 'What is written lasts', ja: '書いたコードが長く残る' },
  why: {
    en: 'Work that is rewritten within weeks was done twice: it was not understood, not agreed on, or not finished.',
    ja: '数週間で書き直される作業は、理解・合意・完成のいずれかを欠いたまま、二度行われたことになります。',
  },
  fix: {
    en: 'Agree on the design before the code, in smaller steps, and let what is released be finished.',
    ja: '小さな単位で設計を先に合意し、完成したものだけを取り込んでください。',
  },
  messages: {
    rewritten: {
      en: '{percent} % of the {lines} lines that “{component}” gained 30 to 120 days ago are still there ({files} files looked at).',
      ja: '「{component}」に30〜120日前に加わった{lines}行のうち、残っているのは{percent}%です（調べたファイル{files}件）。',
    },
  },
  examples: {
    bad: [story('src/pay', 100, 75), story('src/税', 130, 125)],
    good: [story('src/pay', 100, 6), story('src/税', 90, 0)],
  },

  *check({ files, lineSurvival }, _options, { limits }) {
    const componentOf = componentFinder(files);
    const parts = new Map<string, { added: number; kept: number; files: { path: string; lost: number }[] }>();
    let [added, kept] = [0, 0];
    for (const row of lineSurvival.files) {
      const component = componentOf(row.path);
      const part = parts.get(component) ?? { added: 0, kept: 0, files: [] };
      part.added += row.added;
      part.kept += row.kept;
      part.files.push({ path: row.path, lost: row.added - row.kept });
      parts.set(component, part);
      added += row.added;
      kept += row.kept;
    }
    const metrics = { settled_lines: added, surviving_lines: kept, files_left_out: lineSurvival.leftOut };
    if (added < MIN_LINES || lineSurvival.files.length < MIN_FILES)
      return { outcome: 'not-applicable', reason: 'too-little', metrics };
    for (const [component, part] of parts) {
      const share = part.kept / part.added;
      if (part.added < MIN_LINES || part.files.length < MIN_FILES || share >= (limits?.good ?? 0)) continue;
      const [worst, ...others] = part.files.sort((a, b) => b.lost - a.lost);
      if (!worst) continue;
      yield {
        messageId: 'rewritten',
        data: { component, percent: Math.round(share * 100), lines: part.added, files: part.files.length },
        location: { path: worst.path, line: 1 },
        related: others.slice(0, 10).map(({ path }) => ({ path, line: 1 })),
        anchor: `survival ${component}`,
      };
    }
    return { value: kept / added, population: added, metrics };
  },
});
