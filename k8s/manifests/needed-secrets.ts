import type { ClusterConfiguration } from '@/lib/schemas/cluster-configuration';
import type { Manifest } from './manifest';
import { metadataOf } from './names';
import { hasBackups } from './network-flows';
import { FIRST_OWNER_KEYS } from './programs';
import { newKey, newObjectLogin, newPassword, newSigningKey } from './secret-values';
import { readSite, type Site } from './site';
import { APPLICATION_ROLE, METRICS_TOKEN, OWNER_ROLE, secretNames } from './stores';

export interface Secret extends Manifest {
  type: string;
  /** In base64. */
  data: Record<string, string>;
}

/** A Secret that planned objects name and no plan holds. */
export interface NeededSecret {
  namespace: string;
  name: string;
  /** Keys it must have. */
  keys: readonly string[];
  /** Gives it with new random values; null where only people know what belongs in it. */
  make: (() => Secret) | null;
}

const S3_LOGIN = ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'];

/** All Secrets that the objects of a configuration name. One that is there is left as it is. */
export function neededSecrets(configuration: ClusterConfiguration, engines: ReadonlySet<string>): NeededSecret[] {
  const site = readSite(configuration, engines);
  return [...ofProduct(site), ...ofStores(site), ...ofPeople(site)];
}

function ofProduct(site: Site): NeededSecret[] {
  const { configuration, isEmbedded } = site;
  if (isEmbedded) return [];
  return [
    made(
      configuration,
      configuration.security.keysSecret,
      ['AUTH_SECRET', 'ENCRYPTION_KEY', 'evidence-key.pem'],
      'Opaque',
      () => ({
        AUTH_SECRET: newKey(),
        ENCRYPTION_KEY: newKey(),
        'evidence-key.pem': newSigningKey(),
      }),
    ),
    ...(hasBackups(site)
      ? [
          made(configuration, configuration.backup.keySecret, ['BACKUP_KEY'], 'Opaque', () => ({
            BACKUP_KEY: newKey(),
          })),
        ]
      : []),
  ];
}

function ofStores(site: Site): NeededSecret[] {
  const { configuration, postgres, redis, objects } = site;
  const names = secretNames(site);
  const password = (name: string) =>
    made(configuration, name, ['password'], 'Opaque', () => ({ password: newPassword() }));
  const login = (name: string, username: string) =>
    made(configuration, name, ['username', 'password'], 'kubernetes.io/basic-auth', () => ({
      username,
      password: newPassword(),
    }));

  const needed: NeededSecret[] = [];
  if (postgres.kind === 'external') {
    needed.push(given(configuration, postgres.secret, ['DATABASE_URL']));
    needed.push(given(configuration, postgres.ownerSecret, ['DATABASE_OWNER_URL']));
  } else if (postgres.kind !== 'embedded') {
    needed.push(login(names.databaseOwner, OWNER_ROLE), login(names.database, APPLICATION_ROLE));
    if (postgres.kind === 'statefulset') needed.push(password(names.databaseSuperuser));
  }
  if (redis.kind === 'external') needed.push(given(configuration, redis.secret, ['REDIS_URL']));
  else if (redis.kind !== 'none') needed.push(password(names.redis));
  if (objects.kind === 'external') needed.push(given(configuration, objects.secret, S3_LOGIN));
  else if (objects.kind === 'seaweedfs') {
    needed.push(made(configuration, names.objects, [...S3_LOGIN, 's3.json'], 'Opaque', newObjectLogin));
  }
  const store =
    postgres.kind === 'cloudnativepg' && configuration.backup.isEnabled ? configuration.backup.objectStore : null;
  if (store !== null) needed.push(given(configuration, store.secret, S3_LOGIN));
  return needed;
}

function ofPeople({ configuration }: Site): NeededSecret[] {
  const { security, network, image } = configuration;
  const { firstOwnerSecret, settingsSecret, metricsTokenSecret } = security;
  return [
    ...(firstOwnerSecret === null ? [] : [given(configuration, firstOwnerSecret, FIRST_OWNER_KEYS)]),
    ...(metricsTokenSecret === null
      ? []
      : [
          made(configuration, metricsTokenSecret, [METRICS_TOKEN], 'Opaque', () => ({
            [METRICS_TOKEN]: newKey(),
          })),
        ]),
    ...(settingsSecret === null ? [] : [given(configuration, settingsSecret, [])]),
    ...(network.tlsSecret === null ? [] : [given(configuration, network.tlsSecret, ['tls.crt', 'tls.key'])]),
    ...image.pullSecrets.map((name) => given(configuration, name, ['.dockerconfigjson'])),
  ];
}

function given({ namespace }: ClusterConfiguration, name: string, keys: readonly string[]): NeededSecret {
  return { namespace, name, keys, make: null };
}

function made(
  configuration: ClusterConfiguration,
  name: string,
  keys: readonly string[],
  type: string,
  values: () => Record<string, string>,
): NeededSecret {
  const make = (): Secret => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: metadataOf(configuration, name),
    type,
    data: Object.fromEntries(
      Object.entries(values()).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
    ),
  });
  return { namespace: configuration.namespace, name, keys, make };
}
