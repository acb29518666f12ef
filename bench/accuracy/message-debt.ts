import { findAdmission } from '@/lib/magics/admissions';
import { findMarker } from '@/lib/magics/markers';
import { readCsv } from './csv';
import { type LabelledSet, type Measure, scores } from './measure';
import { findFolder } from './sets';

/** No rule reads debt out of messages and requests: this shows what the words of comments would find there. */
export const messageDebt: LabelledSet = {
  name: 'debt in messages and requests',
  source: 'github.com/yikun-li/satd-different-sources-data',
  measure() {
    const files = findFolder('satd-multisource');
    if (!files) return null;
    return ['commit_messages', 'pull_requests'].map((name): Measure => {
      const verdicts = readCsv(files.read(`${name}.csv`).toString()).map(({ text = '', classification }) => ({
        isTrue: classification !== 'non_debt',
        isFound: findMarker(text) !== null || findAdmission(text) !== null,
      }));
      const bars = [{ figure: 'f1', atLeast: 0.45, isReached: false }];
      return { name, items: verdicts.length, figures: scores(verdicts), bars };
    });
  },
};
