/** @typedef {{ passed: number, failed: number }} Counts */

/** A runner that fails without a failed test (a suite that does not load, a stray error) counts as one failure. */
function atLeastOneFailure(counts, isGood) {
  return isGood || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

/** @param {any} report @param {boolean} isGood @returns {Counts} */
export function countVitest(report, isGood) {
  const counts = { passed: report?.numPassedTests ?? 0, failed: report?.numFailedTests ?? 0 };
  return atLeastOneFailure(counts, isGood && report !== null);
}

/** @param {any} report @param {boolean} isGood @returns {Counts} */
export function countPlaywright(report, isGood) {
  const { expected = 0, unexpected = 0, flaky = 0 } = report?.stats ?? {};
  return atLeastOneFailure({ passed: expected, failed: unexpected + flaky }, isGood && report !== null);
}

/** @param {Counts} total @param {Counts} counts */
export function addCounts(total, counts) {
  total.passed += counts.passed;
  total.failed += counts.failed;
}
