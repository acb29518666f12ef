import type { SecurityTable } from './types';

const HTTP_MODULE = /^(?:requests|httpx|aiohttp|urllib3|niquests|requests_\w+)\b/;
const HTTP_CALL =
  /^(?:requests|httpx|niquests)\.|(?:^|[._])(?:\w{0,40}[sS]ession|\w{0,40}[cC]lient|http|api|requests?)(?:\(\))?\.(?:get|post|put|patch|delete|head|options|request|stream|send)$|(?:^|\.)(?:Session|Client|AsyncClient)$/;
const NOT_FOR_SECURITY = /\busedforsecurity["']?\s*[=:]\s*False\b/;

export const pythonSecurity: SecurityTable = {
  calls: [
    { form: 'tls-unverified', callee: HTTP_CALL, given: /\bverify\s*=\s*False\b/, imported: HTTP_MODULE },
    {
      form: 'tls-unverified',
      callee:
        /(?:^|\.)(?:TCPConnector|ProxyManager|PoolManager|HTTPSConnectionPool|ClientSession|get|post|put|request)$/,
      given: /\b(?:cert_reqs\s*=\s*(?:ssl\.)?['"]?CERT_NONE|verify_ssl\s*=\s*False|ssl\s*=\s*False)\b/,
      imported: HTTP_MODULE,
    },
    {
      form: 'tls-unverified',
      callee: /^ssl\._create_unverified_context$/,
      unless: /\bcert_reqs\s*=\s*(?!(?:ssl\.)?CERT_NONE\b)[\w.]/,
    },
    { form: 'tls-unverified', callee: /^ssl\.(?:wrap_socket|_create_stdlib_context)$/, given: /\bCERT_NONE\b/ },
    {
      form: 'host-key-unverified',
      callee: /(?:^|\.)set_missing_host_key_policy$/,
      given: /\b(?:AutoAddPolicy|WarningPolicy)\b/,
    },
    {
      form: 'deserialise',
      callee: /^(?:pickle|cPickle|_pickle|dill|cloudpickle)\.(?:loads|load|Unpickler)$/,
      unless: /^\(\s*(?:\w+\.)?dumps\s*\(|^\(\s*open\s*\(|\bopen\s*\(/,
    },
    {
      form: 'deserialise-file',
      callee:
        /^(?:(?:pickle|cPickle|_pickle|dill|cloudpickle)\.load|joblib\.load|(?:sklearn\.externals\.)?joblib\.load)$/,
    },
    { form: 'deserialise-file', callee: /^(?:marshal\.loads?|shelve\.(?:open|DbfilenameShelf)|pandas\.read_pickle)$/ },
    {
      form: 'deserialise',
      callee: /^jsonpickle\.(?:decode|loads|unpickler\.(?:decode|Unpickler))$/,
    },
    { form: 'deserialise-file', callee: /^torch\.load$/, unless: /\bweights_only\s*=\s*(?!False\b)/ },
    {
      form: 'deserialise',
      callee: /^yaml\.(?:load|load_all)$/,
      unless:
        /\bC?(?:Safe|Base)Loader\b|Loader\s*=\s*(?!(?:yaml\.)?C?(?:Unsafe|Full)?Loader\b)|,\s*(?:Loader\s*=\s*)?(?:\w+\.)*C?Safe\w*/,
    },
    { form: 'deserialise', callee: /^yaml\.(?:unsafe_load|unsafe_load_all)$/ },
    {
      form: 'weak-hash',
      callee: /^hashlib\.(?:md4|md5|sha1|sha)$/,
      unless: NOT_FOR_SECURITY,
      unlessThen: /^\.(?:digest_size|block_size)\b/,
      secretForm: 'secret-hash',
    },
    {
      form: 'weak-hash',
      callee: /^hashlib\.new$/,
      given: /^\(\s*(?:name\s*=\s*)?['"](?:md4|md5|sha|sha1)['"]/i,
      unless: NOT_FOR_SECURITY,
      secretForm: 'secret-hash',
    },
    {
      form: 'weak-hash',
      callee: /^Crypto(?:dome)?\.Hash\.(?:MD2|MD4|MD5|SHA|SHA1)\.new$/,
      secretForm: 'secret-hash',
    },
    {
      form: 'weak-hash',
      callee: /^cryptography\.hazmat\.primitives\.hashes\.(?:MD5|SHA1)$/,
      secretForm: 'secret-hash',
    },
    {
      form: 'secret-hash',
      callee: /^crypt\.(?:crypt|mksalt)$/,
      given: /\bMETHOD_(?:CRYPT|MD5|BLOWFISH)\b/,
    },
    {
      form: 'weak-cipher',
      callee: /^Crypto(?:dome)?\.Cipher\.(?:ARC2|ARC4|Blowfish|DES|XOR)\.new$/,
    },
    {
      form: 'weak-cipher',
      callee:
        /^cryptography\.hazmat\.(?:primitives\.ciphers|decrepit\.ciphers)\.algorithms\.(?:ARC4|Blowfish|CAST5|IDEA|SEED|TripleDES)$/,
    },
    { form: 'weak-mode', callee: /^cryptography\.hazmat\.primitives\.ciphers\.modes\.ECB$/ },
    { form: 'weak-mode', callee: /^Crypto(?:dome)?\.Cipher\.AES\.new$/, given: /\bMODE_ECB\b/ },
    {
      form: 'weak-key',
      callee: /(?:^|\.)(?:dsa|rsa)\.generate_private_key$|^Crypto(?:dome)?\.PublicKey\.(?:DSA|RSA)\.generate$/,
      given: /(?:\b(?:key_size|bits)\s*=\s*|^\(\s*(?:\d{1,6}\s*,\s*)?)(?:512|768|1024|1536)\b/,
    },
    {
      form: 'weak-key',
      callee: /(?:^|\.)ec\.generate_private_key$/,
      given: /\bec\.(?:SECT163K1|SECT163R2|SECP192R1)\b/,
    },
    {
      form: 'secret-random',
      callee: /^random\.(?:random|randrange|randint|choices?|uniform|randbytes|sample|getrandbits|shuffle)$/,
      needsSecret: true,
    },
    {
      form: 'debug-on',
      callee: /(?:^|\.)(?:app|application)\.run$/,
      given: /\bdebug\s*=\s*True\b/,
      imported: /^flask\b/,
    },
    {
      form: 'any-origin-credentials',
      callee: /(?:^|\.)(?:add_middleware|CORSMiddleware|CORS)$/,
      given:
        /(?=[\s\S]{0,2000}\b(?:allow_origins|origins)\s*=\s*\[?\s*['"]\*['"])(?=[\s\S]{0,2000}\b(?:allow_credentials|supports_credentials)\s*=\s*True\b)/,
    },
    {
      form: 'raw-markup',
      callee: /^django\.utils\.(?:safestring|html)\.(?:mark_safe|SafeText|SafeUnicode|SafeString|SafeBytes)$/,
      needsVariable: true,
      unless: /^\(\s*(?:\w+\.)*(?:format_html\w*|escape|conditional_escape|clean|render_to_string|json_script)\s*\(/,
    },
    {
      form: 'raw-markup',
      callee: /^(?:markupsafe|flask|jinja2)\.Markup$/,
      needsVariable: true,
      unless: /^\(\s*(?:\w+\.)*(?:clean|escape|sanitize\w*|\w*render\w*)\s*\(|^\(\s*object\s*=/,
      unlessThen: /^\.(?:unescape|striptags)\b/,
    },
    {
      form: 'raw-markup',
      callee: /^jinja2\.(?:sandbox\.)?Environment$/,
      given: /\bautoescape\s*=\s*False\b|^(?![\s\S]{0,2000}\bautoescape\b)/,
      unless: /\*\*\w/,
    },
    {
      form: 'input-path',
      callee: /(?:^open|^os\.(?:remove|unlink|listdir)|(?:^|\.)send_file|^shutil\.\w{1,10}|^pathlib\.Path)$/,
      given: /\brequest\.(?:args|form|values|cookies|files|GET|POST|query_params|view_args|json)\b/,
      unless: /\b(?:secure_filename|basename|safe_join|normpath)\b/,
    },
  ],
  settings: [
    { form: 'tls-unverified', text: /\bverify_mode\s{0,5}=\s{0,5}(?:\w+\.){0,2}CERT_NONE\b/g },
    { form: 'tls-unverified', text: /\bverify\s{1,3}=\s{1,3}False\s*$/gm, imported: HTTP_MODULE },
    {
      form: 'tls-unverified',
      text: /\b_create_default_https_context\s{0,5}=\s{0,5}ssl\._create_unverified_context\b/g,
    },
    { form: 'any-origin', text: /\bCORS_(?:ORIGIN_ALLOW_ALL|ALLOW_ALL_ORIGINS)\s{0,5}=\s{0,5}True\b/g },
    { form: 'debug-on', text: /\b(?:TEMPLATE_)?DEBUG\s{0,3}=\s{0,3}True\b/g },
  ],
  sql: { join: /^\+$/, formatMethod: /^(?:format|replace)$/, hole: /%(?:\(\w{1,60}\))?[srq]/ },
};
