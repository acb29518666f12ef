const or = (items: readonly string[]) =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;

export const gate = {
  title: 'Quality gate',
  lead: 'Whether an audit passes, and the one sentence that says why.',
  says: 'What the gate asks',
  sentence: {
    fails: (items: readonly string[]) => `Fails with ${or(items)}.`,
    warns: (items: readonly string[]) => `Warns with ${or(items)}.`,
    neverFails: 'Never fails.',
    neverWarns: 'Warns only when something could not be judged.',
    newFindings: (severity: string, limit: string) =>
      limit === '0'
        ? `any new ${severity} finding`
        : `more than ${limit} new ${severity} ${limit === '1' ? 'finding' : 'findings'}`,
    findings: (severity: string, limit: string) =>
      limit === '0'
        ? `any open ${severity} finding`
        : `more than ${limit} open ${severity} ${limit === '1' ? 'finding' : 'findings'}`,
    health: (limit: string) => `a health under ${limit}`,
    magic: (magic: string, limit: string) => `${magic} under ${limit}`,
    coverage: (share: string) => `tests on less than ${share} of the new lines`,
    failedMagic: 'a magic that failed',
    since: {
      previous: 'New is what the branch did not have before this commit; judging it again takes nothing back.',
      merge_base: 'New is what the branch added since it left the main branch.',
      date: (date: string) => `New is what came since ${date}.`,
      tag: (tag: string) => `New is what came since the tag ${tag}.`,
      noDate: 'New is what came since a date that is still missing.',
      noTag: 'New is what came since a tag whose name is still missing.',
      last_passed: 'New is what came since the last audit that passed.',
    },
    small: (lines: string) => `In changes of fewer than ${lines} lines only new Critical findings count.`,
  },
  groups: {
    new: { title: 'New code', about: 'what came since the start of new code' },
    total: { title: 'Total', about: 'the project as a whole' },
  },
  add: 'Add condition',
  remove: (name: string) => `Remove the condition: ${name}`,
  none: 'No condition.',
  conditions: {
    newFindings: (severity: string) => `New ${severity} findings`,
    findings: (severity: string) => `Open ${severity} findings`,
    health: 'Health',
    magic: (magic: string) => `Score of ${magic}`,
    coverage: 'Coverage of new code',
  },
  warnAbove: 'Warn above',
  failAbove: 'Fail above',
  warnUnder: 'Warn under',
  failUnder: 'Fail under',
  limitOf: (limit: string, condition: string) => `${limit}: ${condition}`,
  touched: {
    none: 'no project',
    failing: (count: string) => `${count} would fail`,
    warning: (count: string) => `${count} would warn`,
    unknown: (count: string) => `${count} unknown`,
  },
  noLimit: 'Without a limit this condition asks nothing: it is not saved. Give it one, or remove it.',
  wrongOrder: 'It would fail before it warns: the limit to warn is the one that is met first.',
  failedMagic: {
    label: 'A magic that failed',
    help: 'Whatever the mean of all says.',
    choices: { ignored: 'does not matter', warning: 'warns', failed: 'fails' },
  },
  newCode: {
    title: 'What is new',
    label: 'Code is new since',
    since: {
      previous: 'the audit before',
      merge_base: 'the merge base with the main branch',
      date: 'a date',
      tag: 'a tag',
      last_passed: 'the last audit that passed',
    },
    date: 'Date',
    tag: 'Tag',
    small: 'Small changes',
    smallUnit: 'lines',
    smallHelp:
      'With fewer changed lines, conditions on new code other than on Critical findings are not applied. 0: always applied.',
  },
};
