import type { SecurityTable } from './types';

export const rubySecurity: SecurityTable = {
  calls: [
    {
      form: 'deserialise',
      callee: /^Marshal\.(?:load|restore)$/,
      needsVariable: true,
      unless: /^\(?\s*Marshal\.dump\b/,
    },
    { form: 'deserialise', callee: /^(?:YAML|Psych)\.(?:unsafe_load\w{0,8})$/, needsVariable: true },
    { form: 'deserialise', callee: /^Oj\.object_load$/, needsVariable: true },
    {
      form: 'weak-hash',
      callee: /^(?:OpenSSL::)?Digest::(?:MD5|SHA1)\.(?:hexdigest|digest|base64digest|new)$/,
      secretForm: 'secret-hash',
    },
    {
      form: 'weak-cipher',
      callee: /^OpenSSL::Cipher(?:::Cipher)?\.new$/,
      given: /^\(?\s*['"](?:des|rc4|rc2|bf|blowfish|cast5?)\b/i,
    },
    { form: 'weak-mode', callee: /^OpenSSL::Cipher(?:::Cipher)?\.new$/, given: /^\(?\s*['"]aes-\d{3}-ecb['"]/i },
    { form: 'weak-key', callee: /^OpenSSL::PKey::(?:RSA|DSA)\.(?:new|generate)$/, given: /^\(?\s*(?:512|768|1024)\b/ },
    { form: 'secret-random', callee: /^(?:Kernel\.|Random\.)?rand$/, needsSecret: true },
    { form: 'raw-markup', callee: /^[\w@.]{1,80}(?:\([^()"']{0,80}\))?\.html_safe$/ },
    {
      form: 'input-path',
      callee: /^(?:File\.(?:read|open|new|delete|readlines|write|binread)|IO\.read|send_file|Dir\.(?:glob|entries))$/,
      given: /\bparams\[/,
      unless: /\bbasename\b/,
    },
  ],
  settings: [
    {
      form: 'tls-unverified',
      text: /\b(?:ssl_)?verify_mode['"]?\s{0,5}(?:=>|=|:)\s{0,5}:?(?:::)?(?:OpenSSL::SSL::)?VERIFY_NONE\b/gi,
    },
    { form: 'tls-unverified', text: /\b(?:verify_ssl|ssl_verify)['"]?\s{0,5}(?:=>|=|:)\s{0,5}false\b/g },
    { form: 'debug-on', text: /\bconsider_all_requests_local\s{0,5}=\s{0,5}true\b/g },
  ],
  sql: { join: /^\+$/, hole: /%s/ },
};
