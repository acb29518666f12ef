const gatesFail = (count: number) => (count === 1 ? 'One gate fails' : `${count} gates fail`);
const newCritical = (count: number) =>
  count === 1 ? 'one new finding is critical' : `${count} new findings are critical`;
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export const projects = {
  title: 'Projects',
  register: 'Register repository',
  /** `**` marks what is set in bold. */
  summary: (health: string | null, change: string | null, gates: number, critical: number) => {
    const first = health
      ? `Portfolio health **${health}**${change ? `, ${change}` : ''}.`
      : 'No project has a score yet.';
    if (gates > 0 && critical > 0) return `${first} ${gatesFail(gates)}; ${newCritical(critical)}.`;
    if (gates > 0) return `${first} ${gatesFail(gates)}.`;
    if (critical > 0) return `${first} ${capital(newCritical(critical))}.`;
    return health ? `${first} No gate fails; no new finding is critical.` : first;
  },
  up: (points: string) => `up ${points}`,
  down: (points: string) => `down ${points}`,
  unchanged: 'unchanged',
  within: {
    '30_days': (change: string) => `${change} in 30 days`,
    first_audit: (change: string) => `${change} since the first audit`,
  },
  filter: 'Filter by name or repository',
  byStatus: 'Filter by status',
  all: 'All',
  status: {
    never_audited: 'Not audited',
    auditing: 'Auditing',
    passed: 'Passed',
    warning: 'Warning',
    failed: 'Failed',
    partial: 'Partial',
    error: 'Error',
  },
  sortBy: 'Sort by',
  sort: { last_audit: 'Last audit', name: 'Name', health: 'Health' },
  columns: {
    project: 'Project',
    health: 'Health',
    magics: 'Magics',
    trend: '30 days',
    gate: 'Gate',
    newFindings: 'New findings',
    lastAudit: 'Last audit',
    actions: 'Actions',
  },
  stack: 'Stack',
  anyStack: 'Any language',
  team: 'Team',
  thisTeam: 'This team',
  everyTeam: 'All my teams',
  columnsChoice: 'Columns',
  select: (project: string) => `Select ${project}`,
  selectAll: 'Select all shown',
  bulk: {
    label: 'Selected projects',
    selected: (count: string) => `${count} selected`,
    clear: 'Clear selection',
    queued: (count: number) => (count === 1 ? 'One audit queued.' : `${count} audits queued.`),
    refused: (count: number, why: string) =>
      `${count === 1 ? 'One audit was' : `${count} audits were`} not started: ${why}`,
  },
  gate: { passed: 'Passed', warning: 'Warning', failed: 'Failed', none: 'Not judged' },
  gateLong: { passed: 'Gate passed', warning: 'Gate warning', failed: 'Gate failed', none: 'Not judged' },
  noWorker: 'No worker running',
  runFirst: 'Run first audit',
  run: 'Run audit',
  queued: (project: string) => `Audit of ${project} queued.`,
  open: 'Open project',
  openAudit: (number: number) => `Open audit #${number}`,
  menu: (project: string) => `Actions for ${project}`,
  shown: (shown: string, total: string) => `${shown} of ${total} shown`,
  showMore: (count: string) => `Show ${count} more`,
  keys: { move: 'move', open: 'open', select: 'select', all: 'all shortcuts' },
  empty: {
    title: 'No repositories yet. Register one to start its first audit.',
    lead: 'Enter the address of a Git repository that this server can read.',
    commandLine: 'Or audit a clone without the server:',
  },
  sortAgain: 'Order changed: sort again',
  noMatch: 'No project matches this filter.',
  clear: 'Clear filters',
  stale: (time: string) => `The list could not be brought up to date. You see the state of ${time}.`,
  accessProblem: 'Cannot be read now',
  archived: 'archived',
  archivedMeans: 'The repository is archived at its Git host: the schedule audits it again once it is unarchived.',
  cancelled: 'cancelled',
  failed: 'failed',
};
