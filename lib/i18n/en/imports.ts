import { counted } from '../counted';

/** Findings of other tools. */
export const imports = {
  title: 'Other tools',
  others: 'Other tools',
  lead: 'What other tools reported as SARIF 2.1.0. Their findings stand beside ours and take verdicts, comments and people; they do not count in the scores.',
  from: (tool: string) => `from ${tool}`,
  notOurs: (tool: string) => `${tool} reported this, not a rule of ours. It does not count in the score.`,
  explained: (tool: string) => `How ${tool} explains the rule`,
  alsoReportedBy: 'Also reported by',
  list: 'Reports of other tools',
  none: 'No other tool has reported yet.',
  how: 'Send a report with a token of the scope write, after each run of the tool:',
  command: 'Command',
  of: (commit: string) => `on ${commit}`,
  category: (name: string) => `category ${name}`,
  kept: (kept: string, results: string) => `${kept} of ${counted(results, 'result', 'results')} kept`,
  changes: (fresh: string, fixed: string) => `${fresh} new, ${fixed} fixed`,
  by: (name: string) => `by ${name}`,
  findings: 'Findings',
  leftOut: {
    suppressed: '{count} suppressed in the report',
    'not-a-problem': '{count} that report no problem',
    outside: '{count} outside the repository',
    'unknown-file': '{count} in files that the commit does not have',
    duplicate: '{count} said twice',
    'beyond-limit': '{count} beyond the limit: the gravest are kept, and nothing counts as fixed',
  },
};
