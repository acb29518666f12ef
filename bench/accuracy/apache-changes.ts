import { type ChangeFactors, scoreChanges } from '@/lib/magics/predictive/change-risk';
import { readCsv } from './csv';
import { areaUnderCurve, groupBy, type LabelledSet, mean } from './measure';
import { findClone } from './sets';

export const HELD_OUT = new Set(['apache/kafka', 'apache/ignite', 'apache/camel']);

export interface LabelledChange {
  project: string;
  isBuggy: boolean;
  factors: ChangeFactors;
}

export function readChanges(table: string): LabelledChange[] {
  return readCsv(table).map((row) => {
    const of = (name: string) => Number(row[name] ?? 0);
    return {
      project: row.project ?? '',
      isBuggy: row.buggy === 'True',
      factors: {
        subsystems: of('ns'),
        directories: of('nd'),
        files: of('nf'),
        entropy: of('ent'),
        added: of('la'),
        deleted: of('ld'),
        isFix: row.fix === 'True' ? 1 : 0,
        developersPerFile: of('ndev'),
        age: of('age'),
        changesPerFile: of('nuc'),
        experience: of('aexp'),
        recentExperience: of('arexp'),
        subsystemExperience: of('asexp'),
      },
    };
  });
}

export const TABLE = 'dataset/apachejit_test_small.csv';

export const apacheChanges: LabelledSet = {
  name: 'change risk',
  source: 'github.com/hosseinkshvrz/apachejit',
  measure() {
    const files = findClone('hosseinkshvrz', 'apachejit');
    if (!files) return null;
    const byProject = groupBy(readChanges(files.read(TABLE).toString()), ({ project }) => project);
    // Nothing is to be ranked where no change, or each, was buggy.
    const told = [...byProject].filter(([, changes]) => new Set(changes.map(({ isBuggy }) => isBuggy)).size === 2);
    const projects = told.map(([name, changes]) => {
      const scored = scoreChanges(changes.map(({ factors }) => factors));
      const auc = areaUnderCurve(changes.map(({ isBuggy }, at) => ({ isTrue: isBuggy, score: scored[at] ?? 0 })));
      const added = areaUnderCurve(changes.map(({ isBuggy, factors }) => ({ isTrue: isBuggy, score: factors.added })));
      return { name, items: changes.length, auc, added };
    });
    const part = (isHeldOut: boolean) => {
      const some = projects.filter(({ name }) => HELD_OUT.has(name) === isHeldOut);
      const auc = mean(some.map((each) => each.auc));
      const added = mean(some.map((each) => each.added));
      const items = some.reduce((sum, each) => sum + each.items, 0);
      return { items, figures: { auc, 'lines added': added, over: auc - added } };
    };
    return [
      ...projects.map(({ name, items, auc, added }) => ({
        name,
        isHeldOut: HELD_OUT.has(name),
        items,
        figures: { auc, 'lines added': added },
      })),
      { name: 'other projects, mean', ...part(false) },
      {
        name: 'three projects, mean',
        isHeldOut: true,
        ...part(true),
        bars: [
          { figure: 'auc', atLeast: 0.83, isReached: true },
          { figure: 'over', atLeast: 0.04, isReached: true },
        ],
      },
    ];
  },
};
