import { isDebt } from './comment-debt';
import { readCsv } from './csv';
import { type LabelledSet, scores } from './measure';
import { findFolder } from './sets';

/** The set writes `;` for commas, `||` for line breaks, and the quotes around docstrings. */
function asWritten(text: string): string {
  return text
    .replaceAll(';', ',')
    .replaceAll(' || ', '\n')
    .replaceAll(String.raw`\"`, '"')
    .replace(/^\s*r?"""|"""\s*$/g, '');
}

/** Comments of Python projects that all admit debt: only what is missed can be seen. */
export const pythonDebt: LabelledSet = {
  name: 'debt in Python comments',
  source: 'github.com/DavidMOBrien/23Shades',
  measure() {
    const files = findFolder('satd-23shades');
    if (!files) return null;
    const verdicts = readCsv(files.read('sampled_label_dataset.csv').toString()).map((row) => ({
      isTrue: row['Is TD?'] === 'Yes',
      isFound: isDebt(asWritten(row['Comment Text'] ?? '')),
    }));
    const bars = [{ figure: 'recall', atLeast: 0.96, isReached: true }];
    return [{ name: 'all', items: verdicts.length, figures: { recall: scores(verdicts).recall }, bars }];
  },
};
