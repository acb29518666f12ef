import { expect, test } from 'vitest';
import counted from '@/lib/magics/precision.json' with { type: 'json' };
import { countLabels } from './count-labels';
import { readLabels } from './read-labels';

test('what the catalogue shows is what was labelled; `npm run labels` counts anew', () => {
  expect(counted).toEqual(countLabels(readLabels()));
});

test('labels are counted by verdict, and apart where the rule no longer reports the finding', () => {
  const label = (verdict: 'true' | 'false' | 'debatable', isReported = true) => ({
    ruleId: 'a/no-b',
    verdict,
    isReported,
  });

  expect(countLabels([label('true'), label('true'), label('debatable'), label('false', false)])).toEqual({
    'a/no-b': { true: 2, debatable: 1, false: 0, noLongerReported: 1 },
  });
});
