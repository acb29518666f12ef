import { counted } from './counted';

/** Of commands that ask a server. */
export const cliRemoteEn = {
  prompt: { url: 'Address of the server: ', token: 'API token (not shown): ' },
  loggedIn: (url: string) => `Logged in to ${url}`,
  loggedOut: (url: string) => `Logged out of ${url}. The token still works: revoke it on the page of the team`,
  wasNotLoggedIn: 'You were not logged in',
  kept: (file: string) => `The token is kept in ${file}, readable by you alone`,
  plainHttp: 'Note: the address begins with http, so everybody on the way can read the token',
  who: {
    server: 'Server',
    name: 'You are',
    team: 'Team',
    token: 'Token',
    scopes: 'Scopes',
    expires: 'Expires',
    never: 'never',
    inDays: (day: string, days: number) => `${day} (in ${counted(String(days), 'day', 'days')})`,
    roles: { viewer: 'viewer', member: 'member', admin: 'admin', owner: 'owner' },
  },
  projectAdded: (name: string, id: string) => `Registered “${name}” (${id}); its first audit is queued`,
  projectsFile: {
    line: (line: number) => `line ${line}`,
    outcomes: {
      created: 'created',
      changed: 'changed',
      unchanged: 'unchanged',
      removed: 'removed',
      refused: 'refused',
      not_reached: 'not reached',
    },
    nothing: 'The file names no projects, and nothing was changed',
    onlyChecked: 'Nothing was changed. With this file would be:',
    goesOn: (count: number) =>
      `${counted(String(count), 'project is', 'projects are')} left; the file is sent again for them`,
  },
  noProjects: 'There are no projects yet: elder project add',
  neverAudited: 'not audited',
  queued: (name: string, auditId: string) => `Audit of “${name}” is queued: ${auditId}`,
  ended: (audit: { number: number; name: string; commit: string; health: string }) =>
    `Audit #${audit.number} of “${audit.name}”${audit.commit && ` at ${audit.commit}`}: health ${audit.health}`,
  gate: {
    passed: (why: string) => `Gate passed: ${why}`,
    warning: (why: string) => `Gate warning: ${why}`,
    failed: (why: string) => `Gate failed: ${why}`,
    partial: (why: string) => `Gate not passed: the audit could not judge everything. ${why}`,
    none: 'Gate not passed: the audit gave no verdict',
    neverAudited: (name: string) => `Gate not passed: “${name}” has not been audited yet`,
  },
  notCompleted: { failed: (why: string) => `The audit failed: ${why}`, cancelled: 'The audit was cancelled' },
  waiting: (status: string, magics: string) => `${status} · ${magics}`,
  magicsDone: (done: number, total: number) => `${done} of ${total} magics judged`,
  inQueue: 'waits in the queue',
  noWorker: 'waits: no worker is running on the server',
  retrying: (why: string) => `${why}; trying again`,
  rateLimited: (seconds: number) => `the server asks for a pause of ${seconds} s`,
  stillRuns: (auditId: string) => `stopped waiting; audit ${auditId} goes on, and elder gate tells its verdict`,
  tooLong: (auditId: string, minutes: number) =>
    `audit ${auditId} has not ended after ${minutes} min; it goes on, and elder gate tells its verdict`,
  findings: {
    none: 'No findings',
    shown: (shown: number, total: number) =>
      `${shown} of ${counted(String(total), 'finding', 'findings')}; --limit shows more`,
    states: {
      new: 'new',
      existing: 'existing',
      fixed: 'fixed',
      reopened: 'reopened',
      suppressed: 'suppressed',
      accepted: 'accepted',
      false_positive: 'false positive',
      wont_fix: 'won’t fix',
    } as Record<string, string>,
  },
  errors: {
    notLoggedIn: 'you are not logged in. Try: elder login, or set ELDER_URL and ELDER_API_TOKEN',
    noServer: 'no server is named. Try: elder login ADDRESS, or set ELDER_URL',
    noTokenFor: (url: string) => `there is no token for ${url}. Try: elder login ${url}, or set ELDER_API_TOKEN`,
    badUrl: (url: string) =>
      `${url} is no address of a server: it begins with https:// and holds no user, password or query`,
    badToken: 'the token is empty or holds spaces',
    noTeam: 'the token is of no team that you are still in',
    unreadableFile: (file: string, cause: string) => `${file} cannot be read: ${cause}`,
    largeFile: (file: string) => `${file} is too large: a file of projects holds at most 256,000 characters`,
    emptyFile: (file: string) => `${file} is empty: a file of projects begins with “projects:”`,
    noTerminal: 'there is no terminal to ask on: give the address, and the token with --token-stdin',
    readable: (file: string) => `${file} can be read by others. Try: chmod 600 ${file}, and make a new token`,
    damaged: (file: string) => `${file} is damaged. Try: elder login`,
    notKept: (file: string, cause: string) => `${file} cannot be written: ${cause}`,
    unreachable: (url: string, cause: string) => `${url} does not answer: ${cause}`,
    causes: {
      ENOTFOUND: 'no host has this name',
      EAI_AGAIN: 'names of hosts cannot be looked up now',
      ECONNREFUSED: 'nothing listens there',
      ECONNRESET: 'the connection was cut',
      EHOSTUNREACH: 'no way leads to this host',
      ENETUNREACH: 'the network is not connected',
      timeout: 'it took too long',
    } as Record<string, string>,
    tls: (url: string, cause: string) => `the certificate of ${url} is not accepted: ${cause}`,
    tlsCauses: {
      CERT_HAS_EXPIRED: 'it has expired',
      DEPTH_ZERO_SELF_SIGNED_CERT: 'it is signed by itself. Name it in NODE_EXTRA_CA_CERTS to trust it',
      SELF_SIGNED_CERT_IN_CHAIN: 'its authority is not known. Name that in NODE_EXTRA_CA_CERTS to trust it',
      UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its authority is not known. Name that in NODE_EXTRA_CA_CERTS to trust it',
      UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its authority is not known. Name that in NODE_EXTRA_CA_CERTS to trust it',
      ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another host',
      EPROTO: 'there is no TLS at this port',
      ERR_SSL_WRONG_VERSION_NUMBER: 'there is no TLS at this port',
    } as Record<string, string>,
    redirected: (url: string) =>
      `${url} sends on to another address. Log in with that one: the token is not sent there`,
    notElder: (url: string, status: number) =>
      `${url} answers with HTTP ${status}, but not as Ancient Elder does. Check the address`,
    unauthenticated: (url: string) =>
      `${url} does not accept the token: it is unknown, expired or revoked. Try: elder login ${url}`,
    scope: (scope: string) => `the token lacks the scope ${scope}. Make one that has it on the page of the team`,
    forbidden: 'your role, or the scopes of the token, do not allow this',
    rateLimited: (seconds: number | null) =>
      seconds === null
        ? 'the server has too many requests of yours. Try again in a minute'
        : `the server has too many requests of yours. Try again in ${seconds} s`,
    unknownProject: (name: string) =>
      `there is no project “${name}”, or it belongs to a team you are not in. Try: elder project list`,
    ambiguousProject: (name: string) =>
      `several projects are called “${name}”: name one by its id. Try: elder project list`,
    noSuchRepository: (address: string) =>
      `no project has the repository ${address}. Try: elder project add ${address}`,
    whichProject: (path: string) =>
      `${path} has no remote “origin” that is a project: name one with --project or --repository`,
    gone: 'this is no longer there',
    request: (detail: string) => `the server did not accept this: ${detail}`,
    server: (status: number, requestId: string | null) =>
      `the server could not answer (HTTP ${status}${requestId === null ? '' : `; request ${requestId} in its log`})`,
    noResult: (name: string) => `“${name}” has no audit with a result yet`,
  },
};

export type CliRemoteText = typeof cliRemoteEn;
