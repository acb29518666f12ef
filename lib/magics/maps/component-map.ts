import { isOwnWork } from '../commits';
import type { Magic } from '../define';
import { evaluate } from '../evaluate';
import { FACTS_OF_FILES } from '../fact-names';
import type { Facts } from '../facts';
import type { ComponentFact } from '../facts/code';
import type { FileHistoryFact } from '../facts/history';
import { compareText } from '../hash';
import { integrity } from '../integrity';
import type { Policy } from '../policy';
import { type TeamView, viewRepository } from '../repository-view';
import { isPerson } from '../sages/people';
import { truckFactor } from '../sages/truck-factor';
import { strict } from '../strict';
import { MIN_CODE_LINES } from '../totals';
import type { MagicId, MagicStatus } from '../types';
import { factsByComponent } from './component-facts';

export interface ComponentSummary extends ComponentFact {
  files: number;
  codeLines: number;
  testCodeLines: number;
  functions: number;
  /** By the rules that look at one file at a time; null where there was too little to judge. */
  scores: { magic: MagicId; status: MagicStatus; score: number | null }[];
  /** People who changed it within 12 months; null without history. */
  authors: number | null;
  /** Share of those changes by the one who made most, 0–1. */
  mainShare: number | null;
  /** People whose leaving orphans more than half of the files; null without history. */
  truckFactor: number | null;
}

/** Magics whose rules mostly look at one file at a time. Tests and history belong to more than one component. */
const JUDGES: readonly Magic[] = [integrity, strict].map(ofPlacedRules);

/** What each component is, how its code is judged, and how many people know it. Never who. */
export function mapComponents(facts: Facts, policy: Policy, team?: TeamView): ComponentSummary[] {
  const view = viewRepository(facts, policy, team);
  const knowledge = readKnowledge(facts);
  const parts = factsByComponent(facts);
  return (facts.components ?? [])
    .flatMap((component): ComponentSummary[] => {
      const own = parts.get(component.id);
      if (!own || own.totals.productionFiles === 0) return [];
      const scores = JUDGES.map((magic) => {
        if (own.totals.codeLines < MIN_CODE_LINES)
          return { magic: magic.id, status: 'not_applicable', score: null } as const;
        const { status, score } = evaluate(magic, own, policy, view);
        return { magic: magic.id, status, score };
      });
      return [
        {
          ...component,
          files: own.totals.productionFiles,
          codeLines: own.totals.codeLines,
          testCodeLines: own.totals.testCodeLines,
          functions: own.totals.functions,
          scores,
          ...knowledge(component.id),
        },
      ];
    })
    .sort((a, b) => b.codeLines - a.codeLines || compareText(a.id, b.id));
}

function ofPlacedRules(magic: Magic): Magic {
  const placed: readonly string[] = FACTS_OF_FILES;
  return { ...magic, rules: magic.rules.filter(({ needs }) => needs.every((name) => placed.includes(name))) };
}

type Knowledge = Pick<ComponentSummary, 'authors' | 'mainShare' | 'truckFactor'>;

function readKnowledge({ files, commits, fileHistory }: Facts): (component: string) => Knowledge {
  if (!files || !commits || !fileHistory) return () => ({ authors: null, mainShare: null, truckFactor: null });
  const componentOf = new Map(
    files.flatMap(({ path, role, component }) => (role === 'production' ? [[path, component] as const] : [])),
  );
  const changes = new Map<string, Map<string, number>>();
  for (const commit of commits) {
    if (!isOwnWork(commit) || !isPerson(commit.author)) continue;
    const touched = new Set(commit.files.flatMap(({ path }) => componentOf.get(path) ?? []));
    for (const component of touched) {
      const byAuthor = changes.get(component) ?? new Map<string, number>();
      changes.set(component, byAuthor);
      byAuthor.set(commit.author, (byAuthor.get(commit.author) ?? 0) + 1);
    }
  }
  const histories = new Map<string, FileHistoryFact[]>();
  for (const history of fileHistory) {
    const component = componentOf.get(history.path);
    if (component === undefined) continue;
    const known = histories.get(component);
    if (known) known.push(history);
    else histories.set(component, [history]);
  }
  return (component) => {
    const counts = [...(changes.get(component)?.values() ?? [])];
    const total = counts.reduce((sum, count) => sum + count, 0);
    const { factor } = truckFactor(histories.get(component) ?? [], isPerson);
    return {
      authors: counts.length,
      mainShare: total === 0 ? null : Math.max(...counts) / total,
      truckFactor: factor === 0 ? null : factor,
    };
  };
}
