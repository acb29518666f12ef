import type { SecurityTable } from './types';

export const ecmaSecurity: SecurityTable = {
  calls: [
    {
      form: 'deserialise',
      callee: /(?:^|\.)(?:unserialize|deepDeserialize)$/,
      needsVariable: true,
      imported: /^(?:node-serialize|funcster|serialize-to-js)$/,
    },
    {
      form: 'weak-hash',
      callee: /(?:^|\.)createHash$/,
      given: /^\(\s*['"`](?:md4|md5|sha1|ripemd160)['"`]/i,
      secretForm: 'secret-hash',
    },
    {
      form: 'weak-hash',
      callee: /^CryptoJS\.(?:MD5|SHA1)$/,
      secretForm: 'secret-hash',
    },
    { form: 'weak-cipher', callee: /(?:^|\.)create(?:De|C)ipher$/, imported: /^(?:node:)?crypto$/ },
    {
      form: 'weak-cipher',
      callee: /(?:^|\.)create(?:De|C)ipheriv$/,
      given: /^\(\s*['"`](?:des|rc4|rc2|bf|blowfish|cast5?|idea|seed)\b/i,
    },
    { form: 'weak-cipher', callee: /^CryptoJS\.(?:DES|TripleDES|RC4|Rabbit)\.(?:en|de)crypt$/ },
    { form: 'weak-mode', callee: /(?:^|\.)create(?:De|C)ipheriv$/, given: /^\(\s*['"`][\w-]{1,30}-ecb['"`]/i },
    { form: 'weak-mode', callee: /^CryptoJS\.AES\.(?:en|de)crypt$/, given: /\bmode\.ECB\b/ },
    {
      form: 'weak-key',
      callee: /(?:^|\.)generateKeyPair(?:Sync)?$/,
      given: /^\(\s*['"`](?:rsa|dsa)['"`][\s\S]{0,200}\bmodulusLength\s*:\s*(?:512|768|1024)\b/,
    },
    { form: 'secret-random', callee: /^Math\.random$/, needsSecret: true },
    {
      form: 'any-origin-credentials',
      callee: /^(?:\w+\.)?cors$|(?:^|\.)(?:enableCors|register)$/i,
      given: /(?=[\s\S]{0,1000}\borigin\s*:\s*(?:true\b|['"]\*['"]))(?=[\s\S]{0,1000}\bcredentials\s*:\s*true\b)/,
    },
    { form: 'raw-markup', callee: /(?:^|\.)document\.(?:write|writeln)$/, needsVariable: true },
    {
      form: 'input-path',
      callee:
        /(?:^|\.)(?:readFile|readFileSync|createReadStream|writeFile|writeFileSync|unlink|unlinkSync|sendFile|download|readdir|readdirSync)$/,
      given: /(?<!\[)\b(?:req|request|ctx)\.(?:query|params|body|cookies|headers)\b/,
      unless: /\b(?:basename|sanitize\w*|root)\b/,
    },
  ],
  settings: [
    { form: 'tls-unverified', text: /\brejectUnauthorized['"]?\s{0,5}[:=]\s{0,5}false\b/g },
    { form: 'tls-unverified', text: /\bstrictSSL['"]?\s{0,5}[:=]\s{0,5}false\b/g },
    { form: 'tls-unverified', text: /\bNODE_TLS_REJECT_UNAUTHORIZED['"]?\]?\s{0,5}[:=]\s{0,5}['"]?0\b/g },
    {
      form: 'tls-unverified',
      text: /\bcheckServerIdentity\s{0,5}[:=]\s{0,5}(?:\(\w{0,20}\)\s{0,3}=>|function\s{0,3}\(\w{0,20}\))\s{0,3}(?:undefined|null|true|\{\s{0,5}(?:return(?:\s(?:undefined|null|true))?;?)?\s{0,5}\})/g,
    },
  ],
  sinks: [
    { form: 'raw-markup', text: /\.(?:inner|outer)HTML\s{0,5}\+?=(?![=>])\s{0,20}/g },
    { form: 'raw-markup', text: /\b__html['"]?\s{0,3}:\s{0,20}/g },
    {
      form: 'raw-markup',
      text: /\binsertAdjacentHTML\(\s{0,20}['"`](?:before|after)(?:begin|end)['"`]\s{0,5},\s{0,20}/g,
    },
  ],
  sql: { join: /^\+$/ },
};
