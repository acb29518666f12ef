/** Values of a finding by name. */
type Values = Readonly<Record<string, string | number>>;

/** What `elder doctor` looked at, and what it may say: what is so, and what to do. */
export const doctorEn = {
  status: { ok: 'ok', warning: 'warning', failed: 'failed', not_checked: 'not checked' },
  checks: {
    settings: 'Settings',
    node: 'Node.js',
    git: 'Git',
    disk: 'Disk',
    directory: 'Data directory',
    address: 'Public address',
    database: 'Database',
    version: 'PostgreSQL',
    migrations: 'Migrations',
    role: 'Role of the product',
    row_security: 'Row-level security',
    connections: 'Connections',
    clock: 'Clock',
    owner: 'Owner',
    secrets: 'Sealed secrets',
    keys: 'Keys',
    redis: 'Redis',
    objects: 'Object store',
    mail: 'Mail',
    backup: 'Backup',
  },
  summary: (ok: number, warnings: number, failed: number, notChecked: number) =>
    `${ok} ok, ${warnings} warnings, ${failed} failed, ${notChecked} not checked`,
  says: {
    fine: (v: Values) => String(v.what ?? ''),
    bad_settings: (v: Values) => `${v.what}`,
    node_unsupported: (v: Values) => `Node.js ${v.version} is not supported: install 20.19 to 24`,
    git_missing: () => 'Git was not found or is older than 2.39: install it',
    git_old: (v: Values) => `Git ${v.version} may lack the security fixes of 2025: update it when you can`,
    disk_low: (v: Values) => `${v.free} MB are free at ${v.path}: make room, below 300 MB the product does not start`,
    inodes_low: (v: Values) => `${v.free} inodes are free at ${v.path}: delete files`,
    directory_not_writable: (v: Values) =>
      `${v.path} cannot be written by this user: change its owner, or ELDER_DATA_DIR`,
    secrets_open: (v: Values) => `${v.path} can be read by others: chmod 600 it`,
    not_public: (v: Values) => `${v.url} leads to this machine alone: set PUBLIC_URL to the address that people use`,
    plain_http: (v: Values) => `${v.url} is not encrypted: put HTTPS before it, and set PUBLIC_URL`,
    no_database: () => 'the embedded database does not run: npm start starts it',
    no_answer: (v: Values) => `${v.what}`,
    database_first: () => 'needs the database',
    postgres_old: (v: Values) => `PostgreSQL ${v.version} is too old: 14 or later is needed`,
    pending: (v: Values) => `${v.names} are not applied yet: npm run migrate, or npm start`,
    newer: (v: Values) => `the database was made by a newer release (${v.names}): install that one`,
    owns: () =>
      'the product works as the owner of its tables, or goes past row-level security: give it a role of its own, see docs/operations.md',
    may_own: () => 'the product can become the owner of its tables: two logins are better, see docs/operations.md',
    not_forced: (v: Values) =>
      `row-level security is not forced on ${v.tables}: run npm run migrate, then look who changed it`,
    few_connections: (v: Values) =>
      `PostgreSQL offers ${v.offered} connections, one web and one worker may need ${v.needed}: raise max_connections`,
    clock_off: (v: Values) => `this clock and that of the database are ${v.seconds} s apart: set up NTP on both`,
    secrets_lost: (v: Values) =>
      `${v.count} secrets are sealed with keys that are not here (${v.ids}): bring them back, in ENCRYPTION_KEY_PREVIOUS or ${v.file}`,
    keys_made: (v: Values) => `${v.names} are not there yet: the first start makes them`,
    keys_missing: (v: Values) =>
      `${v.names} are missing although the database is in use: bring them back from a backup`,
    no_owner: () =>
      'no team owns the installation, so that nobody sees the page Operations: elder owner tells the teams, elder owner TEAM-ID names one',
    not_set: (v: Values) => `${v.name} is not set`,
    redis_bad: (v: Values) => `${v.what}`,
    redis_not_kept: () =>
      'Redis keeps nothing on its disk: turn appendonly on, else waiting jobs are found again only after a while',
    store_bad: (v: Values) => `${v.what}`,
    mail_bad: (v: Values) => `the server of SMTP_URL does not take us (${v.what}): check address, user and password`,
    backup_none: () => 'there is no backup: elder backup makes one, BACKUP_SCHEDULE makes them by the clock',
    backup_old: (v: Values) => `the newest backup is ${v.hours} hours old: look into the log of the worker`,
    backup_unkept: () => 'backups lie in the data directory: set BACKUP_DIR or S3_BUCKET to another place',
  },
};
