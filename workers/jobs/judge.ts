import { env } from '@/lib/env';
import type { Facts } from '@/lib/magics/facts';
import { mapComponents } from '@/lib/magics/maps/component-map';
import { mapDependencies } from '@/lib/magics/maps/dependency-map';
import { mapHotspots } from '@/lib/magics/maps/hotspot-map';
import { mapUnread } from '@/lib/magics/maps/unread-map';
import type { Policy } from '@/lib/magics/policy';
import { predictTopFiles } from '@/lib/magics/predictive/top-files';
import type { TeamView } from '@/lib/magics/repository-view';
import { MAGIC_IDS, type MagicId } from '@/lib/magics/types';
import { factsOf } from '@/lib/services/audit-facts';
import { type PackedMap, packMap } from '@/lib/services/audit-maps';
import { type AuditRun, findRun } from '@/lib/services/audit-run';
import { loadTeamView } from '@/lib/services/finding-verdicts';
import { packFacts } from '@/lib/services/kept-facts';
import { saveMagicResult } from '@/lib/services/magic-rows';
import { isSampled } from '@/lib/services/recheck-sample';
import { runBounded } from '../bounded';
import type { JobHandler } from '../job-handler';
import { judgeMagic, MAX_EVALUATION_MS } from '../judge-magic';

/** Judges one magic on facts that are all there. */
export const judge: JobHandler<'audit.judge'> = async ({ magicId }, { ref, signal, pool, log }) => {
  const run = await findRun(ref);
  if (!run) return log.info('audit ended or superseded');

  const [facts, team] = await Promise.all([factsOf(run, { pool, signal }), loadTeamView(run)]);
  signal.throwIfAborted();
  const startedAt = performance.now();
  const result = judgeMagic(magicId, facts, run.policy, team);
  const { totals } = facts;
  const stats = { codeLines: totals.codeLines, functions: totals.functions, tests: totals.tests };
  const executionTimeMs = performance.now() - startedAt;
  // A forecast that did not stand its back-test names no files.
  const topRisks = magicId === 'predictive' && result.score !== null ? predictTopFiles(facts) : null;
  const map = await drawMap(magicId, facts, run.policy, team).catch((err: unknown) => {
    // What the magic said counts without its drawing.
    log.error({ err }, 'map could not be drawn');
    return null;
  });
  const kept = await keepFacts(magicId, facts, run).catch((err: unknown) => {
    log.error({ err }, 'facts could not be kept');
    return [];
  });
  await saveMagicResult(ref, result, { executionTimeMs, stats, topRisks, maps: map ? [map, ...kept] : kept });
};

/** Once an audit, beside its first magic; of the branch whose newest audit stands for the project, and of what is judged again. */
async function keepFacts(magicId: MagicId, facts: Facts, run: AuditRun): Promise<PackedMap[]> {
  const first = MAGIC_IDS.find((id) => run.enabledMagics.includes(id));
  const isKept = run.isMainBranch || isSampled(run.auditId, env().RECHECK_PERCENT);
  return isKept && magicId === first ? packFacts(facts) : [];
}

/** What the pages draw comes from the magic that looks at the same facts. */
async function drawMap(magicId: MagicId, facts: Facts, policy: Policy, team: TeamView): Promise<PackedMap | null> {
  if (magicId === 'predictive') {
    const hotspots = runBounded(() => mapHotspots(facts), MAX_EVALUATION_MS);
    return hotspots && packMap('hotspots', hotspots);
  }
  if (magicId === 'servant') {
    return packMap(
      'components',
      runBounded(() => mapComponents(facts, policy, team), MAX_EVALUATION_MS),
    );
  }
  if (magicId === 'strict') {
    const unread = mapUnread(facts);
    return unread && packMap('unread', unread);
  }
  if (magicId === 'sages') {
    const dependencies = runBounded(() => mapDependencies(facts), MAX_EVALUATION_MS);
    return dependencies && packMap('dependencies', dependencies);
  }
  return null;
}
