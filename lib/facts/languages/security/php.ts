import type { SecurityTable } from './types';

export const phpSecurity: SecurityTable = {
  calls: [
    {
      form: 'tls-unverified',
      callee: /(?:^|\.)curl_setopt$/,
      given: /\bCURLOPT_SSL_VERIFY(?:PEER|HOST)\s*,\s*(?:false|0)\s*\)$/i,
    },
    {
      form: 'deserialise',
      callee: /^unserialize$/,
      needsVariable: true,
      unless: /\ballowed_classes\b|^\(\s*serialize\s*\(/,
    },
    { form: 'weak-hash', callee: /^(?:md5|sha1)$/, secretForm: 'secret-hash' },
    { form: 'weak-hash', callee: /^hash$/, given: /^\(\s*['"](?:md4|md5|sha1)['"]/i, secretForm: 'secret-hash' },
    { form: 'weak-cipher', callee: /^mcrypt_(?:en|de)crypt$/ },
    {
      form: 'weak-cipher',
      callee: /^openssl_(?:en|de)crypt$/,
      given: /,\s*['"](?:des|rc4|rc2|bf|cast5)\b/i,
    },
    { form: 'weak-mode', callee: /^openssl_(?:en|de)crypt$/, given: /,\s*['"]aes-\d{3}-ecb['"]/i },
    {
      form: 'secret-random',
      callee: /^(?:rand|mt_rand|uniqid|lcg_value|array_rand|str_shuffle|shuffle)$/,
      needsSecret: true,
    },
    { form: 'debug-on', callee: /^ini_set$/, given: /^\(\s*['"]display_errors['"]\s*,\s*['"]?(?:1|on|true)\b/i },
    {
      form: 'input-path',
      callee:
        /^(?:file_get_contents|file_put_contents|fopen|readfile|unlink|file|show_source|highlight_file|opendir|scandir)$/,
      given: /\$_(?:GET|POST|REQUEST|COOKIE)\b/,
      unless: /\b(?:basename|realpath|intval)\b|\$_(?:GET|POST|REQUEST|COOKIE)\[[^\]]{0,60}\]\s*===?/,
    },
  ],
  settings: [
    {
      form: 'input-path',
      text: /\b(?:include|require)(?:_once)?\s{0,3}\(?(?:(?!basename|intval)[^;\n]){0,120}?\$_(?:GET|POST|REQUEST|COOKIE)\b/g,
    },
    { form: 'tls-unverified', text: /\bCURLOPT_SSL_VERIFY(?:PEER|HOST)\s{0,5}=>\s{0,5}(?:false|0)\b/gi },
    { form: 'tls-unverified', text: /\bverify_peer(?:_name)?['"]\s{0,5}=>\s{0,5}(?:false|0)\b/gi },
    {
      form: 'tls-unverified',
      text: /\bverify['"]\s{0,5}=>\s{0,5}false\b/gi,
      imported: /\bGuzzle|Illuminate|HttpClient\b/i,
    },
    {
      form: 'raw-markup',
      text: /\becho\s(?:(?!htmlspecialchars|htmlentities|intval|\(int\)|urlencode|json_encode|isset|empty|count|strip_tags|esc_)[^;\n]){0,120}?\$_(?:GET|POST|REQUEST|COOKIE)\b/g,
    },
    { form: 'raw-markup', text: /<\?=\s{0,3}\$_(?:GET|POST|REQUEST|COOKIE)\b/g },
  ],
  sql: { join: /^\.$/, format: /^(?:sprintf|vsprintf)$/, hole: /%(?:\d\$)?s/ },
};
