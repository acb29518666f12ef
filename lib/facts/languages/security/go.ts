import type { SecurityTable } from './types';

export const goSecurity: SecurityTable = {
  calls: [
    { form: 'host-key-unverified', callee: /^ssh\.InsecureIgnoreHostKey$/, imported: /\bcrypto\/ssh$/ },
    {
      form: 'weak-hash',
      callee: /^(?:md5|sha1)\.(?:New|Sum)$/,
      imported: /^crypto\/(?:md5|sha1)$/,
      secretForm: 'secret-hash',
    },
    {
      form: 'weak-cipher',
      callee: /^(?:des\.New(?:TripleDES)?Cipher|rc4\.NewCipher)$/,
      imported: /^crypto\/(?:des|rc4)$/,
    },
    { form: 'weak-key', callee: /^rsa\.GenerateKey$/, given: /,\s*(?:512|768|1024)\s*\)$/ },
    {
      form: 'secret-random',
      callee: /^rand\.(?:Int|Intn|Int31n?|Int63n?|Uint32|Uint64|Float64|Read|Perm|IntN)$/,
      imported: /^math\/rand(?:\/v2)?$/,
      needsSecret: true,
    },
    {
      form: 'raw-markup',
      callee: /^template\.(?:HTML|JS|HTMLAttr)$/,
      // Escaped here, or what a renderer gave.
      unless: /\b(?:HTML|JS)?Escape(?:String|r)?\(|html|markup|render|sanit|content|summar|output\b/i,
      needsVariable: true,
      imported: /^html\/template$/,
    },
    {
      form: 'input-path',
      callee:
        /^(?:os\.(?:Open|OpenFile|ReadFile|Create|Remove|RemoveAll|WriteFile)|ioutil\.(?:ReadFile|WriteFile)|http\.ServeFile|\w{1,20}\.File)$/,
      given:
        /\b(?:r|req|request)\.(?:FormValue|PostFormValue|PathValue)\(|\.URL\.Query\(\)\.Get\(|\bc\.(?:Query|Param|PostForm)\(/,
      unless: /\b(?:Base|Clean|IsLocal|SecureJoin)\(/,
    },
  ],
  settings: [
    { form: 'tls-unverified', text: /\bInsecureSkipVerify\s{0,5}(?::|=)\s{0,20}true\b/g },
    { form: 'any-origin', text: /\bAllowAllOrigins\s{0,5}(?::|=)\s{0,20}true\b/g },
  ],
  sql: { join: /^\+$/, format: /^fmt\.(?:Sprintf|Appendf)$/, hole: /%[+#]?(?:\[\d\])?[svq]/ },
};
