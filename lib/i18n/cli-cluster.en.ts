import { counted } from './counted';

const objects = (count: number): string => counted(String(count), 'object', 'objects');

/** Of commands that set up clusters. */
export const cliClusterEn = {
  phases: {
    infrastructure: 'infrastructure',
    storage: 'storage',
    workers: 'workers',
    api: 'API',
    ui: 'user interface',
    monitoring: 'monitoring',
    validation: 'validation',
  },
  phase: (number: number, total: number, name: string) => `[${number}/${total}] ${name}`,
  phaseDone: (number: number, total: number, name: string) => `[${number}/${total}] ${name}: done`,
  phaseAlreadyDone: (number: number, total: number, name: string) =>
    `[${number}/${total}] ${name}: done by an earlier run`,
  engineMissing: (apiGroup: string, need: string, fallback: string) =>
    `engine missing: ${apiGroup}, for ${need}. Instead: ${fallback}`,
  secretMade: (object: string) => `${object}: made with new random values. Keep a copy apart from the cluster`,
  removed: (object: string) => `${object}: removed`,
  kept: (object: string) => `${object}: left as it is (it holds data, or is not ours any more)`,
  stuck: (object: string) => `${object}: is still being deleted; a finalizer holds it`,
  applied: (count: number, cluster: string) => `${cluster}: ${objects(count)} as planned`,
  previewed: (count: number, cluster: string) =>
    `${cluster}: the server accepts ${objects(count)}. Nothing was changed`,
  unchecked: (object: string) => `${object}: can only be checked once its namespace is there`,
  failedAt: (phase: string, object: string) => `${phase} stopped at ${object}`,
  goesOn: 'What is done stays; the same command goes on from here',
  stopped: 'stopped; the same command goes on from here',
  conditions: 'Conditions',
  events: 'Events',
  log: (pod: string, container: string, reason: string) => `Last lines of ${pod}, container ${container} (${reason})`,
  emptyLog: 'the log is empty',
  unread: 'Could not be read',
  recovery: (text: string) => `What to do: ${text}`,
  lackingSecrets: 'Secrets that only you can give are missing:',
  lackingSecret: (namespace: string, name: string, keys: readonly string[]) =>
    `${namespace}/${name}${keys.length > 0 ? `: ${keys.join(', ')}` : ''}`,
  giveSecrets: (namespace: string) =>
    `Make each with: kubectl -n ${namespace} create secret generic NAME --from-literal=KEY=VALUE`,
  context: {
    applied: (name: string, isHome: boolean) => `${name}: applied${isHome ? ' (web and API are here)' : ''}`,
    failed: (name: string) => `${name}: not applied`,
    lost: (name: string) => `${name}: cannot be reached; its share of the workers goes to the others`,
  },
  change: {
    create: 'create',
    change: 'change',
    same: 'same',
    refused: 'refused',
    unchecked: 'not checked yet',
    remove: 'remove',
    keep: 'keep',
  },
  none: '(none)',
  noDifferences: (cluster: string) => `${cluster}: nothing would change`,
  differences: (count: number, cluster: string) => `${cluster}: ${objects(count)} would change`,
  lastApply: {
    running: 'The last apply runs, or was cut off',
    failed: 'The last apply failed',
    cancelled: 'The last apply was stopped',
    complete: 'The last apply came to its end',
  },
  neverApplied: 'Nothing was applied yet',
  otherConfiguration: 'The last apply had another configuration',
  met: (met: number, total: number) => `${met} of ${objects(total)} as they should be`,
  verdict: {
    present: 'is there',
    missing: 'is not there',
    succeeded: 'succeeded',
    bound: 'has a volume',
    'waits-for-consumer': 'gets its volume with its first pod',
    'not-observed': 'its controller has not looked at it yet',
    running: 'runs',
    unbound: 'has no volume',
    lost: 'has lost its volume',
    'being-deleted': 'is being deleted',
  },
  replicas: (available: number, updated: number, wanted: number) =>
    `${available} of ${wanted} available, ${updated} of the newest kind`,
  condition: (type: string, status: string, why: string) => `${type} is ${status}${why && ` (${why})`}`,
  valid: 'The configuration is valid, and so is every object of it',
  uncheckedKinds: (kinds: string) => `Not checked without a cluster: fields of ${kinds}`,
  acceptedBy: (cluster: string) => `${cluster} accepts every object`,
  checksPassed: (count: number) => `${counted(String(count), 'connection check', 'connection checks')} passed`,
  noChecks: 'Connections were not checked: nothing is applied yet',
  planProblem: {
    'unknown-field': (object: string, field: string) => `${object}: there is no field ${field}`,
    'wrong-type': (object: string, field: string, expected: string) => `${object}: ${field} is no ${expected}`,
    'bad-name': (object: string) => `${object}: its name is no name of an object`,
    'bad-label': (object: string, field: string) => `${object}: ${field} is no label`,
    twice: (object: string) => `${object}: is planned twice`,
  },
  destroyed: (removed: number, cluster: string) => `${cluster}: ${objects(removed)} removed`,
  keptData: (count: number) => `${objects(count)} with data kept. --with-data removes them too, for good`,
  confirm: (name: string) => `this takes the instance off the cluster. To confirm give its name: --yes ${name}`,
  config: {
    unreadable: (file: string, cause: string) => `${file} cannot be read: ${cause}`,
    tooLarge: (file: string) => `${file} is larger than 1 MB: this is no configuration of a cluster`,
    notYaml: (file: string, line: number, problem: string) => `${file}, line ${line}: ${problem}`,
    problems: (file: string) => `${file} describes no cluster. Mend these, then try again:`,
    defaults: 'the defaults',
  },
  problems: {
    noConfig: (cause: string) =>
      `no cluster is configured (${cause}). Set KUBECONFIG, or check that kubectl reaches the cluster`,
    noContext: (cause: string) => `the kubeconfig has no such context. It has: ${cause}`,
    unreachable: (cause: string) =>
      `the cluster cannot be reached: ${cause}. Check the network and the address in the kubeconfig, then try again`,
    tls: (cause: string) =>
      `the connection is not trusted: ${cause}. Check the certificate authority in the kubeconfig`,
    unauthenticated: () => 'the credentials are refused or have run out. Log in to the cluster again',
    forbidden: (cause: string) => `a right is missing: ${cause}. Ask who runs the cluster for it`,
    notFound: (cause: string) => `is not there: ${cause}`,
    namespaceMissing: (cause: string) => `its namespace is not there: ${cause}. Run elder cluster apply`,
    kindMissing: (cause: string) => `the cluster does not know ${cause}. Install the operator that brings it`,
    fieldConflict: (cause: string) =>
      `others own fields that the plan sets: ${cause}. Leave these fields out, or take them with --force-conflicts`,
    changedMeanwhile: (cause: string) => `was changed meanwhile: ${cause}. Try again`,
    unknownField: (cause: string) =>
      `the server does not know a field: ${cause}. The cluster or its operator may be too old`,
    immutable: (cause: string) =>
      `a field cannot be changed: ${cause}. Set it back, or back up the data, delete the object and apply again`,
    invalid: (cause: string) => `is refused: ${cause}`,
    policy: (cause: string) => `a policy of the cluster refuses it: ${cause}. Ask who runs the cluster`,
    quota: (cause: string) => `a quota is exceeded: ${cause}. Ask for more, or plan less`,
    expired: (cause: string) => `the answer came too late: ${cause}. Try again`,
    throttled: () => 'the server is too busy. Try again later',
    terminating: (cause: string) => `is being deleted: ${cause}. Wait until it is gone, or look at its finalizers`,
    server: (cause: string) => `the server failed: ${cause}. Try again; if it stays, look at the API server`,
  },
  locked: (holder: string) => `another apply runs (${holder}). Wait until it has ended`,
  lockLost: 'the lock was lost: the server did not answer in time, or another apply took it. Try again',
  recoveries: {
    namespace: 'look whether the namespace is being deleted, and whether you may make namespaces',
    access: 'you need the right to make roles with no more rights than your own',
    'network-policy': 'look whether the network of the cluster enforces policies, and who else changes them',
    volume: 'look at kubectl get storageclass: name one that exists in storageClass, or free space',
    'engine-object': 'look at the log of the operator that this object is for',
    database: 'look at the pod of the database: space on its volume, memory of its node, the image',
    redis: 'look at the pod of Redis: space on its volume, memory of its node, the image',
    objects: 'look at the pod of the object store: space on its volume, the image',
    'database-check':
      'the database must be reachable from the namespace: check the address and password in its Secret, and network policies',
    'redis-check':
      'Redis must be reachable from the namespace: check the address and password in its Secret, and network policies',
    'objects-check':
      'the bucket must be reachable from the namespace: check the endpoint, the bucket and the keys in its Secret',
    worker:
      'look at the log above: most often an image that cannot be pulled, too little memory, or a store it cannot reach',
    scaling: 'look whether the metrics of the cluster work: kubectl top pods',
    migration: 'read the log above; the database is as it was. Mend the cause and apply again',
    web: 'look at the log above: most often an image that cannot be pulled, too little memory, or a store it cannot reach',
    ingress: 'look at the log of the ingress controller or gateway, and whether its class exists',
    monitoring: 'look at the log of the Prometheus operator',
    backup: 'look at the log of the backup and at the space of its volume',
    'instance-check': 'elder cluster status shows what does not answer; its log says why',
  } as Record<string, string>,
  otherRecovery: 'look at the object with kubectl describe',
};

export type CliClusterText = typeof cliClusterEn;
