import type { FindingView } from '@/lib/schemas/findings';
import type { Grouping } from './filter';

export interface FindingGroup {
  /** Rule id or path; empty without grouping, null for findings about no file. */
  key: string | null;
  findings: FindingView[];
}

/** Groups in the order of their first finding, so that the most severe stay on top. */
export function groupFindings(findings: readonly FindingView[], grouping: Grouping): FindingGroup[] {
  const groups = new Map<string | null, FindingView[]>();
  for (const finding of findings) {
    const key = grouping === 'rule' ? finding.ruleId : grouping === 'file' ? finding.path : '';
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(finding);
  }
  return [...groups].map(([key, members]) => ({ key, findings: members }));
}
