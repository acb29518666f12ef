import { expect, test } from 'vitest';
import type { Totals } from './facts';
import type { FunctionFact } from './facts/code';
import { functionsOver } from './functions';

const fn = (name: string, cyclomatic: number) =>
  ({
    path: 'a.ts',
    role: 'production',
    line: 1,
    endLine: 9,
    name,
    container: null,
    kind: 'function',
    body: 'normal',
    cyclomatic,
  }) as FunctionFact;

function run(functions: FunctionFact[], good: number) {
  const facts = { functions, totals: {} as Totals };
  const limits = { good, bad: 1 };
  const over = functionsOver({
    facts,
    limits,
    measure: (one) => one.cyclomatic,
    limit: 10,
    severityOf: () => 'high',
    messageId: 'm',
    metric: 'n',
  });
  return [...over];
}

test('functions over the limit are reported with their value', () => {
  expect(run([fn('small', 3), fn('big', 11)], 0)).toMatchObject([
    { data: { name: 'big', value: 11, limit: 10 }, severity: 'high' },
  ]);
});

test('a share within the limit lowers the severity by one step', () => {
  expect(run([fn('small', 3), fn('big', 11)], 0.5)).toMatchObject([{ severity: 'medium' }]);
});
