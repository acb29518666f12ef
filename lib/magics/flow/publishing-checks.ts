import type { WorkflowFact } from '../facts/project';
import type { CheckRunFact } from '../facts/provider';
import type { PublishingJob } from './publishing';

/** Fewer runs that fail are an accident. */
const MIN_FAILURES = 2;
const FAILED = new Set<CheckRunFact['conclusion']>(['failure', 'timed-out']);
const PUBLISHING_CHECK =
  /(?:^|[\s/:_.-])(?:publish(?:ing)?|release|deploy(?:ment)?)(?=$|[\s/:_.()-])|公開|リリース|デプロイ/i;
/** What looks at a release, and makes none. */
const REHEARSING =
  /\b(?:dry[ _-]?run|check|test|lint|verify|preview|notes?|draft|validate|plan|label)|検査|確認|テスト/i;

/** A matrix adds to the name of its job: `release (linux)`. */
const isOf = (id: string, name: string) => name === id || name.startsWith(`${id} (`);

/** Jobs of which the host tells runs, and none that succeeded. */
export function failingJobs(
  publishing: readonly PublishingJob[],
  workflows: readonly WorkflowFact[],
  checks: readonly CheckRunFact[],
): (PublishingJob & { count: number })[] {
  const ids = workflows.flatMap(({ jobs }) => jobs.map(({ id }) => id));
  return publishing.flatMap((each) => {
    const runs = checks.filter(({ name }) => isOf(each.job.id, name));
    const failed = new Set(runs.filter(({ conclusion }) => FAILED.has(conclusion)).map(({ commitId }) => commitId));
    const isAlone = ids.filter((id) => id === each.job.id).length === 1;
    const hasSucceeded = runs.some(({ conclusion }) => conclusion === 'success');
    return isAlone && !hasSucceeded && failed.size >= MIN_FAILURES ? [{ ...each, count: failed.size }] : [];
  });
}

/** A check that publishes from a pipeline which the repository does not hold; null when none succeeded. */
export function publishingCheck(checks: readonly CheckRunFact[]): string | null {
  const names = checks.flatMap(({ name, conclusion }) =>
    conclusion === 'success' && PUBLISHING_CHECK.test(name) && !REHEARSING.test(name) ? [name] : [],
  );
  return names.sort()[0] ?? null;
}
