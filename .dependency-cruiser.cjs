// The table "Who may import whom" of docs/architecture.md. Whatever is not named here is an error.
const OURS =
  '^(app|components|lib|workers|k8s|bin|integrations|scripts|tests|bench|prisma|server[.]ts|proxy[.]ts)(/|$)';
const TESTS = '([.]test[.]tsx?$|^tests/)';
/** Of the command line, what operates an installation: a program of its own, bin/instance.ts. */
const OPERATING = '^bin/((backup|doctor|owner)/|(instance|instance-arguments|problem-sentence)[.]ts$)';
const lib = (...names) => `^lib/(${names.join('|')})(/|[.]ts$)`;

/** Of our own code, files at `from` import their own folder and what is `allowed`. */
function only(from, allowed, options = {}) {
  return {
    name: `${from.replaceAll(/[\^$\\[\]()]/g, '')}-imports`,
    severity: 'error',
    from: { path: from, pathNot: [TESTS, ...(options.except ?? [])] },
    to: {
      path: OURS,
      pathNot: [from, ...allowed],
      ...(options.typesAreFree && { dependencyTypesNot: ['type-only'] }),
    },
  };
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'Types are erased, so only a cycle of values counts.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },

    only('^lib/magics/', []),
    {
      name: 'magics-are-pure',
      comment: 'A magic reads no disk, network, clock or environment.',
      severity: 'error',
      from: { path: '^lib/magics/', pathNot: TESTS },
      to: { pathNot: ['^lib/magics/', '^(node:)?crypto$', '^node_modules/(@types/)?(zod|picomatch|re2js)/'] },
    },
    only('^lib/services/', ['^lib/(?!api/)', '^k8s/manifests/']),
    only('^lib/api/', [lib('services', 'schemas', 'auth', 'errors', 'logger'), '^lib/magics/problem-kind[.]ts$']),
    only('^lib/scaling/', [lib('errors')]),
    {
      name: 'scaling-is-pure',
      comment: 'Forecasts and strategies read no disk, network, clock or environment.',
      severity: 'error',
      from: { path: '^lib/scaling/', pathNot: TESTS },
      to: { pathNot: ['^lib/(scaling/|errors[.]ts$)', '^node_modules/zod/'] },
    },
    only('^lib/backup/', [lib('database-sessions', 'env', 'errors', 'migration-history', 'objects', 'secrets')]),
    {
      name: 'connections-of-their-own',
      comment: 'Besides the one of lib/db there are few ways to PostgreSQL, each with a reason of its own.',
      severity: 'error',
      from: {
        path: '^(app|bin|components|integrations|k8s|lib|workers|server[.]ts|proxy[.]ts)(/|$)',
        pathNot: [TESTS, OPERATING, lib('backup', 'db', 'queues', 'realtime')],
      },
      to: { path: '^node_modules/(@types/)?pg(-copy-streams)?/', dependencyTypesNot: ['type-only'] },
    },
    only('^lib/mail/', [lib('env', 'errors', 'i18n', 'magics')]),
    only('^lib/(?!magics/|services/|api/)', ['^lib/(?!services/|api/)']),
    {
      name: 'database-behind-services',
      comment:
        'Only lib/services and lib/auth touch lib/db; others may name the type of a transaction they are handed.',
      severity: 'error',
      from: { path: '^(lib/(?!services/|auth/|db/)|app/|components/|bin/|k8s/)', pathNot: [TESTS, OPERATING] },
      to: { path: '^lib/db/', dependencyTypesNot: ['type-only'] },
    },
    only('^(app/|proxy[.]ts)', ['^components/', lib('services', 'schemas', 'auth', 'api', 'i18n', 'magics')]),
    only('^integrations/', []),
    only(OPERATING, ['^bin/', '^lib/(?!api/)', '^scripts/(migrations|postgres|supervisor)/']),
    only(
      '^bin/',
      [
        '^integrations/client/',
        '^k8s/',
        lib(
          'magics',
          'facts',
          'fixes',
          'advisories',
          'git',
          'evidence',
          'schemas',
          'i18n',
          'reports',
          'errors',
          'logger',
        ),
      ],
      { except: [OPERATING] },
    ),
    only(
      '^components/',
      [lib('schemas', 'i18n'), '^lib/realtime/events[.]ts$', '^lib/magics/(types|frameworks|hidden-text)[.]ts$'],
      {
        typesAreFree: true,
      },
    ),
    only('^workers/', ['^lib/', '^k8s/']),
    only('^k8s/', [lib('env', 'errors', 'logger', 'node-options', 'schemas')]),
    only('^server[.]ts$', [lib('api', 'auth', 'services', 'db', 'env', 'errors', 'logger', 'pulse')]),
  ],
  options: {
    cache: { folder: 'dist/boundaries', strategy: 'content' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^lib/db/generated/', '[.]css$'] },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};
