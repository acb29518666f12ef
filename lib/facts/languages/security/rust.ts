import type { SecurityTable } from './types';

export const rustSecurity: SecurityTable = {
  calls: [
    {
      form: 'tls-unverified',
      callee: /(?:^|\.)(?:danger_accept_invalid_(?:certs|hostnames)|tls_danger_accept_invalid_(?:certs|hostnames))$/,
      given: /^\(\s*true\s*\)$/,
    },
    {
      form: 'weak-hash',
      callee: /^(?:md5::compute|(?:md5::)?Md5::(?:new|digest)|(?:sha1::)?Sha1::(?:new|digest|from))$/,
      secretForm: 'secret-hash',
    },
  ],
  sql: { join: /^\+$/, format: /^(?:std::)?format!?$/, hole: /\{[\w.]{0,60}(?::[^{}]{0,20})?\}/ },
};
