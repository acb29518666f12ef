import { shownChange } from '@/lib/i18n/shown-change';
import type { ConfigurationPreview, ProjectPreview } from '@/lib/schemas/configuration';

type GateWord = 'passed' | 'warning' | 'failed';

const GRAVITY: Record<GateWord, number> = { passed: 0, warning: 1, failed: 2 };

export interface PreviewSums {
  /** Projects with numbers. */
  judged: number;
  gateChanges: number;
  /** Gates that would fail and do not now. */
  moreFailing: number;
  /** Gates that fail now and would not. */
  fewerFailing: number;
  /** Gates that only an audit can tell. */
  unknownGates: number;
  healthNow: number | null;
  healthNext: number | null;
  /** Points of all projects together, as their rows show them. */
  healthChanges: number;
  /** Rules that keep what they said last, since only an audit can ask them anew. */
  unknownRules: number;
  /** Projects of which something is not known without an audit. */
  inexact: number;
}

export function isJudged(project: ProjectPreview): boolean {
  return project.unavailable === null && project.next !== null;
}

/** Whether the gate is known to say something else. */
export function hasGateChange({ now, next, isGateKnown }: ProjectPreview): boolean {
  return isGateKnown && next !== null && (now?.gate ?? null) !== next.gate;
}

/** Health that would change, in shown points. */
export function healthChange({ now, next }: ProjectPreview): number {
  if (now?.healthScore == null || next?.healthScore == null) return 0;
  return shownChange(now.healthScore, next.healthScore);
}

/** Projects with numbers, those first whose gate changes, the worse the earlier; then by how much their health changes. */
export function orderedPreview({ items }: ConfigurationPreview): ProjectPreview[] {
  return items.filter(isJudged).sort((one, other) => {
    const [a, b] = [rank(one), rank(other)];
    return b - a || Math.abs(healthChange(other)) - Math.abs(healthChange(one)) || byName(one, other);
  });
}

export function sumsOf({ items }: ConfigurationPreview): PreviewSums {
  const judged = items.filter(isJudged);
  const scored = judged.filter(({ now, next }) => now?.healthScore != null && next?.healthScore != null);
  const mean = (pick: (project: ProjectPreview) => number) =>
    scored.length === 0 ? null : scored.reduce((sum, project) => sum + pick(project), 0) / scored.length;
  const fails = (gate: string | null | undefined) => gate === 'failed';
  return {
    judged: judged.length,
    gateChanges: judged.filter(hasGateChange).length,
    moreFailing: judged.filter(({ now, next, isGateKnown }) => isGateKnown && !fails(now?.gate) && fails(next?.gate))
      .length,
    fewerFailing: judged.filter(({ now, next, isGateKnown }) => isGateKnown && fails(now?.gate) && !fails(next?.gate))
      .length,
    unknownGates: judged.filter(({ isGateKnown }) => !isGateKnown).length,
    healthNow: mean(({ now }) => now?.healthScore ?? 0),
    healthNext: mean(({ next }) => next?.healthScore ?? 0),
    healthChanges: scored.reduce((sum, project) => sum + healthChange(project), 0),
    unknownRules: new Set(judged.flatMap(({ needAudit }) => needAudit.map(({ ruleId }) => ruleId))).size,
    inexact: judged.filter(({ isExact }) => !isExact).length,
  };
}

function rank(project: ProjectPreview): number {
  if (!hasGateChange(project)) return 0;
  return 1 + GRAVITY[(project.next?.gate ?? 'passed') as GateWord];
}

function byName(one: ProjectPreview, other: ProjectPreview): number {
  return one.projectName < other.projectName ? -1 : one.projectName > other.projectName ? 1 : 0;
}
