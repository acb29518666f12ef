import type { Severity, TeamSuppression } from '@/lib/magics/types';

/** A finding of another tool, as it stands. */
export interface OtherFinding {
  /** Begins with the tool. */
  ruleId: string;
  severity: Severity;
  confidence: number;
  path: string | null;
  startLine: number | null;
  endLine: number | null;
  /** In the one language the tool speaks. */
  message: string;
  evidence: string | null;
  helpUri: string | null;
  /** Numbers of weaknesses, as in CWE-79. */
  weaknesses: readonly number[];
  fingerprint: string;
  state: string;
  suppression?: TeamSuppression;
}

/** What another tool reported, of one category; no part of scores, gates and hashes. */
export interface OtherTool {
  /** Begins the ids of its rules. */
  tool: string;
  toolName: string;
  toolVersion: string | null;
  /** Tells several reports of one tool apart; mostly empty. */
  category: string;
  /** That its newest report looked at. */
  commit: string;
  /** Most severe first. */
  findings: readonly OtherFinding[];
}

/** Its name on reports, with what tells it apart. */
export function nameOfTool({ toolName, toolVersion, category }: Omit<OtherTool, 'findings'>): string {
  return [toolName, toolVersion, category && `(${category})`].filter(Boolean).join(' ');
}

/** A rule as the tool itself calls it. */
export function ownNameOf({ ruleId }: Pick<OtherFinding, 'ruleId'>, { tool }: Pick<OtherTool, 'tool'>): string {
  return ruleId.startsWith(`${tool}/`) ? ruleId.slice(tool.length + 1) : ruleId;
}
