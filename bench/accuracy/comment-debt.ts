import { commentText } from '@/lib/facts/code/comments';
import { findAdmission } from '@/lib/magics/admissions';
import { findMarker } from '@/lib/magics/markers';
import { readCsv } from './csv';
import { groupBy, type LabelledSet, mean, scores, type Verdict } from './measure';
import { findClone } from './sets';
import { unzip } from './zip';

const HELD_OUT = new Set(['jEdit-4.2', 'emf-2.4.1', 'sql12', 'jfreechart-1.0.19']);

/** What integrity/no-unfinished-code and integrity/no-workaround report of one comment. */
export function isDebt(comment: string): boolean {
  // The set writes lines one after another, each with its marks; facts hold one comment a line.
  const lines = comment.split(/\s(?=\/\/)/).map(commentText);
  return (
    lines.some((line) => findMarker(line) !== null) ||
    findAdmission(lines.join(' '), { isDocumentation: comment.startsWith('/**') }) !== null
  );
}

export const commentDebt: LabelledSet = {
  name: 'debt in Java comments',
  source: 'github.com/maldonado/tse.satd.data',
  measure() {
    const files = findClone('maldonado', 'tse.satd.data');
    if (!files) return null;
    const table = unzip(files.read('dataset/technical_debt_dataset.zip'), '.csv');
    const byProject = new Map<string, Verdict[]>();
    for (const [name, rows] of groupBy(readCsv(table), ({ projectname = '' }) => projectname)) {
      byProject.set(
        name,
        rows.map(({ classification, commenttext = '' }) => ({
          isTrue: classification !== 'WITHOUT_CLASSIFICATION',
          isFound: isDebt(commenttext),
        })),
      );
    }
    const part = (isHeldOut: boolean) => {
      const projects = [...byProject].filter(([name]) => HELD_OUT.has(name) === isHeldOut);
      const all = projects.flatMap(([, verdicts]) => verdicts);
      const macro = mean(projects.map(([, verdicts]) => scores(verdicts).f1));
      return { items: all.length, figures: { ...scores(all), macro } };
    };
    const all = [...byProject.values()];
    return [
      ...[...byProject].map(([name, verdicts]) => ({
        name,
        isHeldOut: HELD_OUT.has(name),
        items: verdicts.length,
        figures: scores(verdicts),
      })),
      { name: 'six projects', ...part(false) },
      { name: 'four projects', isHeldOut: true, ...part(true) },
      {
        name: 'all',
        items: all.flat().length,
        figures: { ...scores(all.flat()), macro: mean(all.map((verdicts) => scores(verdicts).f1)) },
        bars: [
          { figure: 'f1', atLeast: 0.87, isReached: false },
          { figure: 'macro', atLeast: 0.75, isReached: true },
        ],
      },
    ];
  },
};
