/** The parts of a repository. */
export const components = {
  title: 'Components',
  root: 'root folder',
  lead: (count: number, alone: number, number: number) =>
    `${count} ${count === 1 ? 'component' : 'components'}, as audit #${number} saw them; ${
      alone === 0 ? 'each is known by several people or by none of record.' : `${alone} known by one person only.`
    }`,
  none: 'No components yet. The next complete audit counts them.',
  noCode: 'No production code to count.',
  tooLittle: 'too little',
  about:
    'Scores come from the rules that look at one file at a time; “too little” means fewer than 500 code lines. Known by: how many people would have to leave until more than half of the files have nobody who knows them. People and main share count the changes of the last 12 months. No names, on purpose.',
  columns: {
    name: 'Component',
    files: 'Files',
    lines: 'Lines',
    tests: 'Test lines',
    truckFactor: 'Known by',
    authors: 'People',
    mainShare: 'Main share',
  },
};
