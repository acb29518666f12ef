export const audits = {
  title: 'Audits',
  summary: (total: string, running: number) =>
    running === 0
      ? `${total} shown, newest first. None is running.`
      : `${total} shown, newest first. ${running === 1 ? 'One is' : `${running} are`} running.`,
  columns: {
    audit: 'Audit',
    project: 'Project',
    result: 'Result',
    health: 'Health',
    gate: 'Gate',
    findings: 'New and fixed',
    commit: 'Commit',
    started: 'Started',
    took: 'Took',
  },
  number: (number: number) => `#${number}`,
  newFixed: (fresh: string, fixed: string) => `${fresh} new, ${fixed} fixed`,
  empty: 'No audit yet. Register a repository to start the first.',
  showMore: 'Show older audits',
  by: (trigger: string, person: string) => `${trigger}, ${person}`,
};
