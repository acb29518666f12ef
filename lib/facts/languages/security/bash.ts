import type { SecurityTable } from './types';

/** Flags stand before a quoted text or after it, never inside. */
const LOCAL = /\blocalhost\b|\b127\.0\.0\.1\b|\[::1\]/;

export const bashSecurity: SecurityTable = {
  calls: [
    {
      form: 'tls-unverified',
      callee: /^curl$/,
      given:
        /^curl(?:[^"'#]|"[^"]{0,200}"|'[^']{0,200}'){0,400}?(?:^|\s)(?:--insecure|-[a-jl-zA-Z]{0,8}k[a-zA-Z]{0,8})(?=\s|$)/,
      unless: LOCAL,
    },
    { form: 'tls-unverified', callee: /^wget$/, given: /\s--no-check-certificate\b/, unless: LOCAL },
    { form: 'host-key-unverified', callee: /^(?:ssh|scp|sftp)$/, given: /\bStrictHostKeyChecking[= ]no\b/ },
    { form: 'tls-unverified', callee: /^git$/, given: /\bhttp\.sslVerify[= ]["']?false\b/i },
  ],
  settings: [
    { form: 'tls-unverified', text: /\bNODE_TLS_REJECT_UNAUTHORIZED=["']?0\b|\bGIT_SSL_NO_VERIFY=["']?(?:1|true)\b/g },
  ],
};
