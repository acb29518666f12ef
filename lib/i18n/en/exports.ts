/** Files that leave the product: exports of an audit, and its evidence. */
export const exports = {
  menu: 'Export',
  menuOf: (number: number) => `Export audit #${number}`,
  /** What the list on the page is not: it shows verdicts of today, an export those of its audit. */
  asAudited: (number: number) => `As audit #${number} found them, with the filters of this page`,
  noAssignee: 'An audit knows no assignees: that filter is left out',
  formats: {
    html: { name: 'HTML report', about: 'one page, to read and print' },
    pdf: { name: 'PDF report', about: 'to send and to file' },
    csv: { name: 'CSV', about: 'for spreadsheets' },
    json: { name: 'JSON', about: 'everything, for programs' },
    sarif: { name: 'SARIF 2.1.0', about: 'for GitHub code scanning' },
    junit: { name: 'JUnit XML', about: 'for build servers' },
    gitlab: { name: 'GitLab Code Quality', about: 'for merge requests' },
    cyclonedx: { name: 'CycloneDX 1.6', about: 'the bill of materials' },
  },
  evidence: {
    title: 'Evidence',
    signed: (sequence: string) => `Signed, entry ${sequence} of the project’s chain`,
    key: 'Key',
    keyLabel: 'id of the key',
    download: 'Download',
    chain: 'Whole chain',
    keys: 'Public keys',
    verify: 'Check it anywhere, without this server:',
    command: 'command',
    notYet: 'after the audit',
    none: 'none: only complete and partial results are signed, since evidence was introduced',
  },
};
