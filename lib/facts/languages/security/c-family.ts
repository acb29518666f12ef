import type { SecurityTable } from './types';

export const cSecurity: SecurityTable = {
  calls: [
    {
      form: 'tls-unverified',
      callee: /^curl_easy_setopt$/,
      given: /\bCURLOPT_SSL_VERIFY(?:PEER|HOST)\s*,\s*(?:\(long\)\s*)?(?:0L?|false|FALSE)\s*\)$/,
    },
    { form: 'weak-hash', callee: /^(?:MD5|SHA1|MD5_Init|EVP_md5|SHA1_Init|EVP_sha1)$/, secretForm: 'secret-hash' },
    {
      form: 'weak-cipher',
      callee: /^(?:DES_(?:ecb|cbc|ncbc)_encrypt|RC4|RC4_set_key|BF_cbc_encrypt|EVP_(?:des|rc4|rc2|bf)(?:_\w{1,20})?)$/,
    },
    { form: 'weak-mode', callee: /^EVP_aes_\d{3}_ecb$/ },
    { form: 'secret-random', callee: /^(?:std::)?(?:rand|random|rand_r)$/, needsSecret: true },
  ],
  sql: { join: /^\+$/, format: /^(?:std::)?(?:snprintf|sprintf|asprintf)$/, hole: /%s/ },
};
