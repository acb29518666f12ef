import type { PlannedObject } from '../../phase';
import { type Manifest, planned } from '../manifest';
import { metadataOf, nameOf, POSTGRES_PORT } from '../names';
import { resourcesOf, scratch } from '../pods';
import type { Site } from '../site';
import { APPLICATION_ROLE, DATABASE, fromSecret, OWNER_ROLE, secretNames } from '../stores';
import { storeSet } from './store-set';
import { claim, claimedVolume } from './volumes';

/** Of the user `postgres` in the image. */
const POSTGRES_USER = 999;

/**
 * Run once, when the volume is empty: two roles, so that PostgreSQL itself holds teams apart. psql takes the passwords from its
 * environment, for everybody on the machine may read its arguments.
 */
export const ROLES_SCRIPT = `#!/bin/sh
set -eu
psql -v ON_ERROR_STOP=1 --no-psqlrc --username postgres <<'SQL'
\\getenv owner_password OWNER_PASSWORD
\\getenv app_password APP_PASSWORD
CREATE ROLE ${OWNER_ROLE} LOGIN PASSWORD :'owner_password';
CREATE ROLE ${APPLICATION_ROLE} LOGIN PASSWORD :'app_password';
CREATE DATABASE ${DATABASE} OWNER ${OWNER_ROLE};
SQL
`;

export function postgresSet(site: Site, postgres: Extract<Site['postgres'], { kind: 'statefulset' }>): PlannedObject[] {
  const { configuration } = site;
  const names = secretNames(site);
  const scripts = nameOf(configuration, 'postgres-scripts');
  const ready = {
    exec: { command: ['pg_isready', '--username', 'postgres', '--host', '127.0.0.1'] },
    timeoutSeconds: 3,
  };
  const [service, set] = storeSet(site, {
    component: 'postgres',
    port: POSTGRES_PORT,
    portName: 'postgres',
    user: POSTGRES_USER,
    // A smart shutdown waits for clients; the image asks for a fast one, which writes what is in memory.
    graceSeconds: 120,
    container: {
      name: 'postgres',
      image: postgres.image,
      args: ['postgres', '-c', 'max_connections=300', '-c', 'shared_preload_libraries=pg_stat_statements'],
      ports: [{ name: 'postgres', containerPort: POSTGRES_PORT, protocol: 'TCP' }],
      env: [
        { name: 'PGDATA', value: '/var/lib/postgresql/elder' },
        fromSecret('POSTGRES_PASSWORD', names.databaseSuperuser, 'password'),
        fromSecret('OWNER_PASSWORD', names.databaseOwner, 'password'),
        fromSecret('APP_PASSWORD', names.database, 'password'),
      ],
      resources: resourcesOf(postgres.tier),
      startupProbe: { ...ready, periodSeconds: 5, failureThreshold: 60 },
      readinessProbe: { ...ready, periodSeconds: 10, failureThreshold: 3 },
      livenessProbe: { ...ready, periodSeconds: 20, failureThreshold: 6 },
      volumeMounts: [
        { name: 'data', mountPath: '/var/lib/postgresql' },
        { name: 'run', mountPath: '/var/run/postgresql' },
        { name: 'tmp', mountPath: '/tmp' },
        { name: 'memory', mountPath: '/dev/shm' },
        { name: 'scripts', mountPath: '/docker-entrypoint-initdb.d', readOnly: true },
      ],
    },
    volumes: [
      claimedVolume(site, 'postgres'),
      scratch('run', '16Mi'),
      scratch('tmp', '1Gi'),
      { name: 'memory', emptyDir: { medium: 'Memory', sizeLimit: '256Mi' } },
      { name: 'scripts', configMap: { name: scripts, defaultMode: 0o555 } },
    ],
  });
  const scriptMap: Manifest & { data: Record<string, string> } = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadataOf(configuration, scripts, 'postgres'),
    data: { 'roles.sh': ROLES_SCRIPT },
  };
  return [
    planned(claim(site, 'postgres', postgres.size, postgres.storageClass), 'bound', 'volume'),
    planned(scriptMap, 'present', 'database'),
    planned(service, 'present', 'database'),
    planned(set, 'rolled-out', 'database'),
  ];
}
