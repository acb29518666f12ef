/** Rules that an audit could not ask. */
export const notEvaluated = {
  title: 'Not evaluated',
  link: (count: number) => `${count} ${count === 1 ? 'rule' : 'rules'} not evaluated`,
  lead: (count: string) =>
    `${count} ${count === '1' ? 'rule is' : 'rules are'} not in the scores: what could not be judged never counts as passed.`,
  none: 'Every rule that was asked could be evaluated.',
  noAudit: 'No audit yet, so nothing was evaluated.',
  noMatch: 'All rules of this magic could be evaluated.',
  byMagic: 'Magic',
  all: 'All',
  rules: (count: string) => (count === '1' ? '1 rule' : `${count} rules`),
  groups: {
    error: {
      title: 'Ended with an error',
      todo: 'A fault of Ancient Elder, not of the repository. Report it with the words below.',
    },
    setup: {
      title: 'Needs something from outside the repository',
      todo: 'Lowers neither score nor coverage.',
    },
    informational: {
      title: 'For information only',
      todo: 'Measured, but on too little to judge: shown, and not in the score.',
    },
    unread: { title: 'Could not be read', todo: 'Mend the cause, then run the audit again.' },
    undecided: { title: 'Too little or unclear evidence', todo: 'Decided as soon as the repository holds more of it.' },
    nothing: { title: 'Nothing of its kind in the repository', todo: 'Nothing to do.' },
  },
  unread: {
    title: 'Files not read',
    lead: 'No rule judged these files, so they lower no score.',
    files: (count: string) => (count === '1' ? '1 file' : `${count} files`),
    more: (count: string) => `and ${count} more`,
    reasons: {
      'too-large': 'larger than 2 MiB: not searched for secrets either',
      'line-too-long': 'lines too long for code: searched for secrets only',
      timeout: 'took too long to read',
      unreadable: 'could not be read',
    },
  },
  actions: {
    'no-advisories':
      'Whoever runs the server imports OSV data (setting ELDER_ADVISORIES); the next audit then compares.',
    'no-provider':
      'Give the project a connection to its Git host. Audits of past weeks, of pull requests, of local repositories and of the command line ask no host.',
    'host-scope': 'Give the connection a token, or the App a permission, that may read it; the next audit asks again.',
    'host-untold': 'Nothing to do: this host does not tell it.',
    'host-limit': 'Run the audit again later; what the host said by then was judged.',
    'host-refused': 'Check the connection on the page Git hosts.',
    'host-down': 'Run the audit again when the host answers.',
    'no-audits':
      'They compare with an earlier audit of the branch; a first audit, or one of the same commit, has none to compare with.',
    shallow: 'Register a repository with its whole history (git fetch --unshallow).',
    'own-unread':
      'A file was too large or too slow for the rule, the own rules took more time than an audit has for them, or the grammar does not know a query: test the rule in the policy.',
    'fact-missing': 'The page of the audit tells which job failed and why.',
    'not-recognised': 'Its tests may be of a framework that is not known: the rules about tests say nothing here.',
  },
};
