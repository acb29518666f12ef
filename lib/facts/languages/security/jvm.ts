import type { CallPattern, HollowFunction, SettingPattern } from './types';

/** What Java and Kotlin share. */
export const jvmCalls: readonly CallPattern[] = [
  {
    form: 'tls-unverified',
    callee: /(?:^|\.)(?:setHostnameVerifier|setSSLHostnameVerifier|hostnameVerifier|setDefaultHostnameVerifier)$/,
    given:
      /->\s*(?:\{\s*(?:return\s+)?)?true\b|\b(?:NoopHostnameVerifier|AllowAllHostnameVerifier|ALLOW_ALL_HOSTNAME_VERIFIER)\b/,
  },
  { form: 'tls-unverified', callee: /(?:^|\.)loadTrustMaterial$/, given: /->\s*true\b|\bTrustAllStrategy\b/ },
  {
    form: 'deserialise',
    callee:
      /(?:^|[.)])(?:\w{0,40}(?:[oO]bject(?:Input)?(?:Stream)?|ois|in|input|[iI]nputStream|stream)|\))\.(?:readObject|readUnshared)$/,
    imported: /^java\.io\.(?:ObjectInputStream|\*)$/,
    given: /^\(\s*\)$/,
    // The hook that a class offers to those who read it.
    unlessIn: /^read(?:Object|External|Resolve|ObjectNoData)$/,
  },
  { form: 'deserialise', callee: /^(?:java\.beans\.)?XMLDecoder$/ },
  { form: 'deserialise', callee: /(?:^|\.)enableDefaultTyping$/ },
  {
    form: 'weak-hash',
    callee: /(?:^|\.)MessageDigest\.getInstance$/,
    given: /^\(\s*"(?:MD2|MD4|MD5|SHA-?1|SHA)"/i,
    secretForm: 'secret-hash',
  },
  {
    form: 'weak-hash',
    callee: /(?:^|\.)(?:DigestUtils\.(?:md5\w{0,6}|sha1?\w{0,4}|shaHex)|Hashing\.(?:md5|sha1))$/,
    given: /^\((?!\s*"(?:SHA-?(?:2|3|5)))/i,
    secretForm: 'secret-hash',
  },
  {
    form: 'weak-cipher',
    callee: /(?:^|\.)Cipher\.getInstance$/,
    given: /^\(\s*"(?:DES(?:ede)?|RC2|RC4|ARCFOUR|Blowfish)\b/i,
  },
  { form: 'weak-mode', callee: /(?:^|\.)Cipher\.getInstance$/, given: /^\(\s*"AES(?:\/ECB\b[^"]{0,40})?"/i },
  {
    form: 'secret-random',
    callee:
      /(?:^|\.)(?:Math\.random|[rR]andom\.next(?:Int|Long|Double|Bytes)|RandomStringUtils\.random\w{0,30}|ThreadLocalRandom\.current\(\)\.next\w{1,10})$|^Random\.next\w{1,10}$/,
    // How long it gets, not what it is.
    unless: /^\(\s*(?:max|min)_?(?:len|size)\w{0,10}\s*-/i,
    needsSecret: true,
  },
  {
    form: 'input-path',
    callee: /(?:^|\.)(?:File|FileInputStream|FileReader|FileOutputStream|Paths\.get|Path\.of)$/,
    given: /\b(?:request|req|httpRequest)\.(?:getParameter|getHeader|getQueryString|getPathInfo)\(/,
    unless: /\b(?:getName|normalize|FilenameUtils)\b/,
  },
];

export const jvmHollow: readonly HollowFunction[] = [
  { form: 'tls-unverified', name: /^checkServerTrusted$/, body: /^\{\s*(?:return;?)?\s*\}$|^= Unit$/ },
];

export const jvmSettings: readonly SettingPattern[] = [
  {
    form: 'tls-unverified',
    text: /\bhostnameVerifier\s{0,5}(?:=\s{0,5}(?:HostnameVerifier\s{0,3})?)?\{\s{0,5}_\s{0,3},\s{0,3}_\s{0,3}->\s{0,5}true\s{0,5}\}/g,
  },
  {
    form: 'any-origin',
    text: /\bCrossOrigin\(\s{0,5}(?:(?:origins|value|originPatterns)\s{0,3}=\s{0,3})?[{[]?\s{0,3}"\*"/g,
  },
];
