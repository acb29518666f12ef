import type { PresetId } from './presets';
import type { MagicId, MessageData } from './types';

/** What a first audit knows of a repository; null: not known. */
export interface PolicyEvidence {
  codeLines: number | null;
  commits: number | null;
  authors: number | null;
  tests: number | null;
  hasPipeline: boolean | null;
  hasLicence: boolean | null;
  /** Whether a report says which of the new lines tests run. */
  hasNewCoverage: boolean;
  health: number | null;
}

interface Reason {
  id: string;
  data: MessageData;
}

export interface RecommendedChoice {
  path: 'focusAreas' | 'magics.sages.weight' | 'gate.health.fail' | 'gate.newCoverage.warn' | 'gate.smallChangeLines';
  value: number | MagicId[];
  reason: Reason;
}

const YOUNG_LINES = 3_000;
const YOUNG_COMMITS = 200;
const FEW_PEOPLE = 3;
const LARGE_LINES = 100_000;
const MANY_PEOPLE = 20;
/** Enough people that small changes by each are many. */
const A_TEAM = 5;
const SMALL_CHANGE_LINES = 20;
const USUAL_LEAST_HEALTH = 60;
const ROOM = 5;
const SOLO_WEIGHT = 5;
const NEW_COVERAGE = 0.8;

/** A preset, and what to set otherwise, each with its reason. */
export function recommendPolicy(
  evidence: PolicyEvidence,
  focusOf: (preset: PresetId) => readonly MagicId[],
): { preset: PresetId; reason: Reason; choices: RecommendedChoice[] } {
  const { preset, reason } = choosePreset(evidence);
  const { tests, hasPipeline, authors, health, hasNewCoverage, codeLines } = evidence;
  const choices: RecommendedChoice[] = [];
  const focus = new Set(focusOf(preset));
  const addFocus = (magic: MagicId, id: string) => {
    if (focus.has(magic)) return;
    focus.add(magic);
    choices.push({ path: 'focusAreas', value: [...focus], reason: { id, data: {} } });
  };
  if (tests === 0 && codeLines !== null && codeLines > 0) addFocus('tdd', 'no-tests');
  if (hasPipeline === false) addFocus('flow', 'no-pipeline');
  if (authors === 1) {
    choices.push({ path: 'magics.sages.weight', value: SOLO_WEIGHT, reason: { id: 'one-person', data: {} } });
  }
  if (health !== null && health < USUAL_LEAST_HEALTH) {
    const limit = Math.max(0, Math.floor(health) - ROOM);
    choices.push({ path: 'gate.health.fail', value: limit, reason: { id: 'low-health', data: { health, limit } } });
  }
  if (hasNewCoverage) {
    choices.push({ path: 'gate.newCoverage.warn', value: NEW_COVERAGE, reason: { id: 'coverage-known', data: {} } });
  }
  if (authors !== null && authors >= A_TEAM) {
    const data = { authors, lines: SMALL_CHANGE_LINES };
    choices.push({ path: 'gate.smallChangeLines', value: SMALL_CHANGE_LINES, reason: { id: 'many-people', data } });
  }
  return { preset, reason, choices };
}

function choosePreset({ codeLines, commits, authors, hasLicence }: PolicyEvidence): {
  preset: PresetId;
  reason: Reason;
} {
  if (codeLines === null) return { preset: 'default', reason: { id: 'unknown', data: {} } };
  const isYoung = codeLines < YOUNG_LINES && commits !== null && commits < YOUNG_COMMITS;
  if (isYoung && authors !== null && authors <= FEW_PEOPLE) {
    return { preset: 'startup', reason: { id: 'young', data: { codeLines, commits, authors } } };
  }
  if (hasLicence) return { preset: 'open_source', reason: { id: 'open-source', data: {} } };
  if (codeLines >= LARGE_LINES || (authors !== null && authors >= MANY_PEOPLE)) {
    return { preset: 'enterprise', reason: { id: 'large', data: { codeLines, authors: authors ?? 0 } } };
  }
  return { preset: 'default', reason: { id: 'usual', data: { codeLines } } };
}
