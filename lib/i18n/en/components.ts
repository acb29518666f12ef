/** The parts of a repository. */
export const components = {
  title: 'Components',
  root: 'root folder',
  lead: (count: number, alone: number, number: number) =>
    `${count} ${count === 1 ? 'component' : 'components'}, as audit #${number} saw them; ${
      alone === 0
        ? 'none depends on one person alone.'
        : `${alone} ${alone === 1 ? 'depends' : 'depend'} on one person for more than half of the files.`
    }`,
  none: 'No components yet. The next complete audit counts them.',
  noCode: 'No production code to count.',
  tooLittle: 'too little',
  about:
    'Scores come from the rules that look at one file at a time; “too little” means fewer than 500 code lines. Key people: how many would have to leave until more than half of the files have nobody who knows them; others may know the rest. People and main share count the changes of the last 12 months. Test lines count where the test files lie: “–” says that none lie in the component, not that nothing tests it. No names, on purpose.',
  columns: {
    name: 'Component',
    files: 'Files',
    lines: 'Lines',
    tests: 'Test lines inside',
    truckFactor: 'Key people',
    authors: 'People',
    mainShare: 'Main share',
  },
};
