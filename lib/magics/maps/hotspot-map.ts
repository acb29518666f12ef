import type { Facts } from '../facts';
import type { FileFact } from '../facts/code';
import { compareText } from '../hash';
import { forecast, inconclusive } from '../predictive/forecast';
import type { FileRisk } from '../predictive/risk';
import { predictTopFiles, type Remark } from '../predictive/top-files';
import type { MessageData } from '../types';

export interface HotspotFile {
  path: string;
  component: string;
  codeLines: number;
  /** Sum over its functions. */
  complexity: number;
  /** Changes within 12 months; this and what follows is null without history. */
  revisions: number | null;
  fixes: number | null;
  /** Lines added and deleted over the lines it has. */
  churn: number | null;
  /** How many people changed it. */
  authors: number | null;
  /** Relative index among this repository's files, 0–1. */
  risk: number | null;
}

export interface HotspotMap {
  /** Largest first, at most `MAX_FILES`. */
  files: HotspotFile[];
  leftOut: number;
  /** Committer time of the oldest commit that was counted, seconds; null without history. */
  since: number | null;
  /** Why the index of risk is no forecast, as in `INCONCLUSIVE`; null when the back-test carries it. */
  untested: { reason: string; data: MessageData } | null;
  /** Why, and one thing to do, for the files most likely to be mended next. */
  remarks: { path: string; reasons: Remark[]; action: Remark }[];
}

const MAX_FILES = 4000;

/** Where code is large, tangled and changes often. Null when files were not read. */
export function mapHotspots(facts: Facts): HotspotMap | null {
  const { files, functions, commits } = facts;
  if (!files || !functions) return null;
  const complexity = new Map<string, number>();
  for (const { path, cyclomatic } of functions) complexity.set(path, (complexity.get(path) ?? 0) + cyclomatic);
  const outlook = commits && forecast({ files, functions, commits }, facts.now);
  const risks = new Map(outlook?.risks.map((risk) => [risk.path, risk]));
  const production = files
    .filter(({ role, skipped, codeLines }) => role === 'production' && skipped === null && codeLines > 0)
    .sort((a, b) => b.codeLines - a.codeLines || compareText(a.path, b.path));
  const kept = production.slice(0, MAX_FILES);
  const silence = outlook && inconclusive(outlook);
  return {
    files: kept.map((file) => toHotspot(file, complexity.get(file.path) ?? 0, risks.get(file.path))),
    leftOut: production.length - kept.length,
    since: commits ? (commits.at(-1)?.committedAt ?? facts.now) : null,
    untested: silence ? { reason: silence.reason, data: silence.data ?? {} } : null,
    remarks: silence ? [] : predictTopFiles(facts).map(({ path, reasons, action }) => ({ path, reasons, action })),
  };
}

function toHotspot({ path, component, codeLines }: FileFact, complexity: number, risk?: FileRisk): HotspotFile {
  return {
    path,
    component,
    codeLines,
    complexity,
    revisions: risk?.revisions ?? null,
    fixes: risk?.fixes ?? null,
    churn: risk ? round(risk.relativeChurn) : null,
    authors: risk?.authors ?? null,
    risk: risk ? round(risk.risk) : null,
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
