import type { ClusterConfiguration } from '@/lib/schemas/cluster-configuration';
import { PHASES, type Phase, type PhaseName, type PlannedObject } from '../phase';
import { embedded } from './embedded';
import { infrastructure } from './infrastructure';
import { withNameOfWork } from './jobs';
import { placementPolicies } from './karmada';
import { planned } from './manifest';
import { monitoring } from './monitoring';
import { readSite } from './site';
import { storage } from './storage/storage';
import { ui } from './ui';
import { validation } from './validation';
import { web } from './web';
import { workers } from './workers';

/**
 * All that a configuration means on a cluster that shows these API groups, in the order in which it is applied. The same
 * arguments give the same objects.
 */
export function buildPhases(configuration: ClusterConfiguration, engines: ReadonlySet<string>): Phase[] {
  return buildUnnumbered(configuration, engines).map((phase) => ({
    ...phase,
    objects: phase.objects.map(withNameOfWork),
  }));
}

/** `buildPhases` where somebody else tells one run of a Job from the next, as a chart does. */
export function buildUnnumbered(configuration: ClusterConfiguration, engines: ReadonlySet<string>): Phase[] {
  const site = readSite(configuration, engines);
  const objects: Record<PhaseName, PlannedObject[]> = {
    infrastructure: infrastructure(site),
    storage: storage(site),
    workers: workers(site),
    api: site.isEmbedded ? embedded(site) : web(site),
    ui: ui(site),
    monitoring: monitoring(site),
    validation: validation(site),
  };
  if (site.hasKarmada) {
    const all = PHASES.flatMap((name) => objects[name].map(({ object }) => object));
    const policies = placementPolicies(configuration, all);
    objects.infrastructure.push(...policies.map((object) => planned(object, 'present', 'engine-object')));
  }
  return PHASES.map((name) => ({ name, objects: objects[name], missingEngines: site.missing[name] ?? [] }));
}
