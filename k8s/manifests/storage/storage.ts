import type { PlannedObject } from '../../phase';
import { backups } from '../backup';
import { planned } from '../manifest';
import type { Site } from '../site';
import { storeChecks } from './checks';
import { cloudNativePg } from './cloudnativepg';
import { migration } from './migration';
import { postgresSet } from './postgres-set';
import { redisOfOperator, valkeySet } from './redis';
import { seaweedFs } from './seaweedfs';
import { claim } from './volumes';

export function storage(site: Site): PlannedObject[] {
  // Workers and web come up on nothing but a database that is as their release wants it.
  const upToDate = site.isEmbedded ? [] : [migration(site)];
  return [...database(site), ...redis(site), ...objects(site), ...backups(site), ...storeChecks(site), ...upToDate];
}

function database(site: Site): PlannedObject[] {
  const { postgres } = site;
  switch (postgres.kind) {
    case 'embedded':
      return [planned(claim(site, 'embedded', postgres.size, postgres.storageClass), 'bound', 'volume')];
    case 'cloudnativepg':
      return cloudNativePg(site, postgres);
    case 'statefulset':
      return postgresSet(site, postgres);
    case 'external':
      return [];
  }
}

function redis(site: Site): PlannedObject[] {
  if (site.redis.kind === 'statefulset') return valkeySet(site, site.redis);
  return site.redis.kind === 'operator' ? redisOfOperator(site, site.redis) : [];
}

function objects(site: Site): PlannedObject[] {
  return site.objects.kind === 'seaweedfs' ? seaweedFs(site, site.objects) : [];
}
