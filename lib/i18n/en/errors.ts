/** By code of `lib/errors.ts`: what happened, and what to do. */
export const errors = {
  codes: {
    invalid_request: 'The server did not accept the input. Check it, then try again.',
    unauthenticated: 'You are signed out. Sign in again to go on.',
    forbidden: 'Your role does not allow this. An admin of the team can do it.',
    not_found: 'This does not exist, or it belongs to a team you are not in.',
    conflict: 'It was changed or made by somebody else in the meantime. Reload, then try again.',
    gone: 'This is no longer there.',
    payload_too_large: 'The input is too large.',
    unprocessable: 'The input cannot be used.',
    repository_host_unknown: 'The host name is unknown. Check the address for a typing error.',
    repository_address_refused:
      'This address is not allowed here: it points into a private network or to this machine.',
    repository_unreachable: 'The host does not answer. Check the address and the network, then check again.',
    repository_host_key_unknown:
      'Nobody has confirmed the key of this SSH host yet. An administrator compares its fingerprint and confirms it.',
    repository_host_key_changed:
      'The SSH host shows another key than the one that was confirmed. It is not read until an administrator confirms the new key.',
    repository_tls:
      'No secure connection to the host can be made: its certificate is not accepted, or it speaks no TLS.',
    repository_tls_expired: 'The host’s certificate has expired. Whoever runs the host renews it; then check again.',
    repository_tls_untrusted:
      'The host’s certificate is self-signed, or its issuer is not known to this server. Check the address; an operator can make the issuer known to the server.',
    repository_tls_wrong_name:
      'The host’s certificate is for another host name. Use the name that it is for, or have it issued for this one.',
    repository_auth_required: 'Cannot read the repository: the host asks for access. Public repositories need none.',
    repository_not_found: 'The host has no repository at this address, or does not show it without access.',
    repository_empty: 'The repository holds no commit yet. Push one, then check again.',
    repository_no_such_commit: 'The commit that was asked for is not in the repository any more.',
    repository_no_such_branch: 'The repository has no such branch.',
    repository_too_large: 'The repository is larger than this server allows.',
    repository_timeout: 'The host took too long to answer. Check again later.',
    repository_protocol_refused: 'Only https and ssh addresses can be read.',
    repository_corrupt:
      'The repository is damaged: objects are missing or not what their names say. Run “git fsck” where it lies, repair it or push it again, then check again.',
    repository_unreadable:
      'Git cannot read what is at this address. Check that “git clone” works with it, then check again.',
    repository_unsupported:
      'The repository is kept in a format that this server’s Git does not know. Update Git on the server, or register a clone in the usual format.',
    repository_redirected: 'The host redirects to another address. Register that address instead.',
    outgoing_host_unknown: 'The host of the address is unknown. Check its spelling.',
    outgoing_address_refused:
      'The address leads to a machine or a port that Ancient Elder may not speak to. An operator can allow it with ALLOWED_HOSTS.',
    outgoing_protocol_refused: 'Only https addresses without a user name or a password are allowed.',
    outgoing_redirected: 'The host redirects to another address. Enter that address instead.',
    outgoing_timeout: 'The host did not answer in time.',
    outgoing_tls: 'No secure connection to the host can be made: its certificate is not accepted, or it speaks no TLS.',
    outgoing_tls_expired: 'The certificate of the host has expired. Whoever runs the host renews it; then try again.',
    outgoing_tls_untrusted:
      'The certificate of the host is self-signed, or its issuer is not known to this server. An operator can make the issuer known with NODE_EXTRA_CA_CERTS.',
    outgoing_tls_wrong_name:
      'The certificate of the host is for another host name. Use the name that it is for, or have it issued for this one.',
    outgoing_too_large: 'The answer of the host is too large.',
    outgoing_unreachable: 'The host cannot be reached.',
    provider_unauthorized:
      'The Git host does not accept the token: it is wrong or was revoked. Hosts that do not tell say this of an expired one, too.',
    provider_token_expired: 'The token has expired. Make a new one on the Git host and put it in its place.',
    provider_scope_missing: 'The token may not do this. Give it the permission that is named, then check again.',
    provider_not_found: 'The Git host knows no such repository, or hides it from this token.',
    provider_refused: 'The Git host refused the request.',
    provider_suspended: 'The App is suspended or no longer installed on the Git host.',
    provider_rate_limited: 'The Git host takes no more requests for now. It is tried again later.',
    provider_unavailable: 'The Git host cannot answer at the moment. It is tried again later.',
    rate_limited: 'Too many requests. Wait a moment, then try again.',
    cancelled: 'It was cancelled.',
    internal: 'The server could not answer. Its log names the cause.',
    invalid_settings: 'The server’s settings are not valid. Its log names them.',
    disk_full: 'The server’s disk is full. Free some space on it, then try again.',
    ssh_missing: 'The server has no SSH client. Install OpenSSH on it, then try again.',
    git_missing: 'The server has no Git. Install Git on it, then try again.',
    pack_damaged:
      'What the object store holds of the repository for this audit is damaged. Look into the store, then run the audit again.',
    pack_missing:
      'What the object store held of the repository for this audit is gone. Check that all workers use the same store, then run the audit again.',
    overloaded: 'The server has more work than it can take right now. Try again in a moment.',
    unavailable: 'The server cannot do this right now. Try again in a moment.',
    offline: 'The server cannot be reached. Check the connection, then try again.',
  },
  requestId: (id: string) => `Request ${id}`,
  page: {
    title: 'This page could not be shown',
    notFound: 'Not found',
    toProjects: 'Go to projects',
    toProject: 'Back to the project',
    toRules: 'Back to the rules',
  },
};
