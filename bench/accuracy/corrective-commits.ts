import { isCorrective } from '@/lib/magics/corrective';
import { readCsv } from './csv';
import { type LabelledSet, scores, type Verdict } from './measure';
import { findClone, type SetFiles } from './sets';

export const TUNING = [
  'commit_train_11_aug_18',
  'commits_test_12_aug_18',
  'corrective_labels',
  'model_validation_samples',
  'random_batch_18_nov_2020',
];

/** Labelled messages; the set leaves most rows of some files without a label. */
export function labelledMessages(files: SetFiles, name: string): { message: string; isTrue: boolean }[] {
  return readCsv(files.read(`data/${name}.csv`).toString()).flatMap((row) => {
    const label = (row.Is_Corrective ?? row.Is_Bug ?? row.expected ?? '').toLowerCase();
    const isLabelled = label === 'true' || label === 'false';
    return isLabelled ? [{ message: row.message ?? '', isTrue: label === 'true' }] : [];
  });
}

function verdicts(files: SetFiles, name: string): Verdict[] {
  return labelledMessages(files, name).map(({ message, isTrue }) => ({
    isTrue,
    isFound: isCorrective(messageOf(message)),
  }));
}

export function messageOf(text: string): { subject: string; body: string } {
  const [subject = '', ...body] = text.trim().split('\n');
  return { subject, body: body.join('\n').trim() };
}

export const correctiveCommits: LabelledSet = {
  name: 'corrective commits',
  source: 'github.com/evidencebp/commit-classification',
  measure() {
    const files = findClone('evidencebp', 'commit-classification');
    if (!files) return null;
    const tuning = TUNING.map((name) => ({ name, all: verdicts(files, name) }));
    const heldOut = verdicts(files, 'repo2018_test');
    const all = tuning.flatMap((each) => each.all);
    return [
      ...tuning.map((each) => ({ name: each.name, items: each.all.length, figures: scores(each.all) })),
      { name: 'five files', items: all.length, figures: scores(all) },
      {
        name: 'repo2018_test',
        isHeldOut: true,
        items: heldOut.length,
        figures: scores(heldOut),
        bars: [{ figure: 'f1', atLeast: 0.83, isReached: true }],
      },
    ];
  },
};
