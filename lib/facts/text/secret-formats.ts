export interface SecretFormat {
  kind: string;
  /** Lower-case text that must occur in the line before the pattern is tried. */
  keywords: readonly string[];
  /** Linear: no nested or adjacent unbounded repetitions. Group `value` holds the credential, else the match does. */
  pattern: RegExp;
  confidence: number;
  /** The shape alone is not enough: the value must look random. */
  minEntropy?: number;
  checksum?: 'github';
}

/** Credentials whose shape their issuer defines. More specific formats stand first. */
export const SECRET_FORMATS: readonly SecretFormat[] = [
  {
    kind: 'aws-access-key',
    keywords: ['akia', 'asia', 'abia', 'acca'],
    pattern: /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/g,
    confidence: 0.95,
    minEntropy: 3,
  },
  {
    kind: 'aws-secret-key',
    keywords: ['aws'],
    pattern: /\baws.{0,20}?(?:secret|sk).{0,20}?[:=]\s{0,5}["']?(?<value>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi,
    confidence: 0.9,
    minEntropy: 4,
  },
  {
    kind: 'github-token',
    keywords: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    pattern: /\bgh[pousr]_[A-Za-z0-9]{36}\b/g,
    confidence: 0.98,
    minEntropy: 3.5,
    checksum: 'github',
  },
  {
    kind: 'github-token',
    keywords: ['github_pat_'],
    pattern: /\bgithub_pat_[A-Za-z0-9_]{82}\b/g,
    confidence: 0.95,
    minEntropy: 3.5,
  },
  {
    kind: 'gitlab-token',
    keywords: ['glpat-'],
    pattern: /\bglpat-[A-Za-z0-9_-]{20,64}(?![\w-])/g,
    confidence: 0.95,
    minEntropy: 3,
  },
  {
    kind: 'gitlab-token',
    keywords: ['glrt-', 'gldt-', 'glptt-', 'glcbt-'],
    pattern: /\bgl(?:rt|dt|ptt|cbt)-[A-Za-z0-9_-]{20,64}(?![\w-])/g,
    confidence: 0.9,
    minEntropy: 3,
  },
  {
    kind: 'slack-token',
    keywords: ['xox'],
    pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{20,200}/g,
    confidence: 0.95,
    minEntropy: 3,
  },
  {
    kind: 'slack-token',
    keywords: ['xapp-'],
    pattern: /\bxapp-\d-[A-Z0-9]{6,20}-\d{6,20}-[a-f0-9]{40,80}\b/g,
    confidence: 0.95,
  },
  {
    kind: 'slack-webhook',
    keywords: ['hooks.slack.com'],
    pattern:
      /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/T[A-Z0-9]{6,14}\/[A-Z0-9]{6,14}\/[A-Za-z0-9]{18,40}/g,
    confidence: 0.9,
    minEntropy: 3,
  },
  {
    kind: 'stripe-key',
    keywords: ['_live_'],
    pattern: /\b[sr]k_live_[A-Za-z0-9]{20,247}\b/g,
    confidence: 0.97,
    minEntropy: 3,
  },
  {
    kind: 'google-api-key',
    keywords: ['aiza'],
    pattern: /\bAIza[A-Za-z0-9_-]{35}(?![\w-])/g,
    confidence: 0.9,
    minEntropy: 3.5,
  },
  {
    kind: 'google-oauth-secret',
    keywords: ['gocspx-'],
    pattern: /\bGOCSPX-[A-Za-z0-9_-]{28}(?![\w-])/g,
    confidence: 0.95,
    minEntropy: 3,
  },
  {
    kind: 'npm-token',
    keywords: ['npm_'],
    pattern: /\bnpm_[A-Za-z0-9]{36}\b/g,
    confidence: 0.95,
    minEntropy: 3.5,
    checksum: 'github',
  },
  { kind: 'pypi-token', keywords: ['pypi-age'], pattern: /\bpypi-AgE[A-Za-z0-9_-]{50,500}/g, confidence: 0.97 },
  {
    kind: 'sendgrid-key',
    keywords: ['sg.'],
    pattern: /\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}(?![\w-])/g,
    confidence: 0.97,
    minEntropy: 3.5,
  },
  { kind: 'twilio-key', keywords: ['twilio'], pattern: /\bSK[0-9a-f]{32}\b/g, confidence: 0.8, minEntropy: 3 },
  {
    kind: 'anthropic-key',
    keywords: ['sk-ant-'],
    pattern: /\bsk-ant-[a-z0-9]{2,10}-[A-Za-z0-9_-]{80,120}/g,
    confidence: 0.97,
    minEntropy: 3.5,
  },
  {
    kind: 'openai-key',
    keywords: ['t3blbkfj'],
    pattern: /\bsk-[A-Za-z0-9_-]{20,120}T3BlbkFJ[A-Za-z0-9_-]{20,120}/g,
    confidence: 0.97,
  },
  { kind: 'huggingface-token', keywords: ['hf_'], pattern: /\bhf_[A-Za-z]{34}\b/g, confidence: 0.9, minEntropy: 3.5 },
  {
    kind: 'docker-token',
    keywords: ['dckr_pat_'],
    pattern: /\bdckr_pat_[A-Za-z0-9_-]{27}(?![\w-])/g,
    confidence: 0.97,
    minEntropy: 3,
  },
  {
    kind: 'digitalocean-token',
    keywords: ['dop_v1_', 'doo_v1_'],
    pattern: /\bdo[or]?p?_v1_[a-f0-9]{64}\b/g,
    confidence: 0.97,
  },
  {
    kind: 'shopify-token',
    keywords: ['shpat_', 'shpss_', 'shpca_', 'shppa_'],
    pattern: /\bshp(?:at|ss|ca|pa)_[a-fA-F0-9]{32}\b/g,
    confidence: 0.95,
    minEntropy: 3,
  },
  { kind: 'databricks-token', keywords: ['dapi'], pattern: /\bdapi[a-f0-9]{32}\b/g, confidence: 0.85, minEntropy: 3 },
  {
    kind: 'telegram-token',
    keywords: ['telegram', 'bot'],
    pattern: /\b\d{8,10}:AA[A-Za-z0-9_-]{33}(?![\w-])/g,
    confidence: 0.9,
    minEntropy: 3.5,
  },
  {
    kind: 'discord-webhook',
    keywords: ['/api/webhooks/'],
    pattern: /https:\/\/(?:ptb\.|canary\.)?discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/[A-Za-z0-9_-]{60,80}/g,
    confidence: 0.9,
    minEntropy: 3.5,
  },
  {
    kind: 'azure-storage-key',
    keywords: ['accountkey='],
    pattern: /AccountKey=(?<value>[A-Za-z0-9+/]{86}==)/gi,
    confidence: 0.95,
    minEntropy: 4,
  },
  {
    kind: 'azure-client-secret',
    keywords: ['8q~', '7q~'],
    pattern: /(?<![\w~.-])[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}(?![\w~.-])/g,
    confidence: 0.9,
    minEntropy: 3.5,
  },
  {
    kind: 'docker-swarm-token',
    keywords: ['swmtkn-1-'],
    pattern: /\bSWMTKN-1-[a-z0-9]{50}-[a-z0-9]{25}\b/g,
    confidence: 0.95,
  },
  {
    kind: 'sourcegraph-token',
    keywords: ['sgp_'],
    pattern: /\bsgp_(?:[a-f0-9]{16}_|local_)?[a-f0-9]{40}\b/g,
    confidence: 0.95,
    minEntropy: 3,
  },
  {
    kind: 'sonar-token',
    keywords: ['squ_', 'sqp_', 'sqa_'],
    pattern: /\bsq[upa]_[a-f0-9]{40}\b/g,
    confidence: 0.95,
    minEntropy: 3,
  },
  {
    kind: 'sonar-token',
    keywords: ['sonar.login', 'sonar.token'],
    pattern: /\bsonar\.(?:login|token)["']?\s?[=:]\s?["']?(?<value>[a-f0-9]{40})\b/g,
    confidence: 0.9,
    minEntropy: 3,
  },
  {
    kind: 'vault-token',
    keywords: ['hvs.', 'hvb.'],
    pattern: /\bhv[sb]\.[A-Za-z0-9_-]{24,200}/g,
    confidence: 0.95,
    minEntropy: 3.5,
  },
  {
    kind: 'vault-secret-id',
    keywords: ['secret_id', 'secret-id'],
    pattern:
      /\bsecret[_-]id["']?\s{0,3}[=:]\s{0,3}["']?(?<value>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b/g,
    confidence: 0.8,
    minEntropy: 3,
  },
  {
    kind: 'container-registry-auth',
    keywords: ['"auth'],
    pattern:
      /"auth\\?"\s{0,5}:\s{0,5}\\?"(?=[^"]{0,200}\d)(?=[^"]{0,200}[a-z])(?=[^"]{0,200}[A-Z])(?<value>[A-Za-z0-9+/=_-]{16,4000})\\?"/g,
    confidence: 0.8,
    minEntropy: 3.5,
  },
  {
    kind: 'npm-auth',
    keywords: ['_authtoken', ':_auth', ':_password'],
    pattern: /[:\s]_(?:authToken|auth|password)\s?=\s?["']?(?<value>[A-Za-z0-9+/=_.-]{12,500})/g,
    confidence: 0.85,
    minEntropy: 3,
  },
  {
    kind: 'maven-master-password',
    keywords: ['<master>'],
    pattern: /<master>(?<value>\{[A-Za-z0-9+/]{30,200}={0,2}\})<\/master>/g,
    confidence: 0.9,
    minEntropy: 4,
  },
  {
    kind: 'nvidia-key',
    keywords: ['nvapi-'],
    pattern: /\bnvapi-[A-Za-z0-9_-]{64}(?![\w-])/g,
    confidence: 0.95,
    minEntropy: 3.5,
  },
  {
    kind: 'dropbox-token',
    keywords: ['sl.'],
    pattern: /(?<![\w.-])sl\.(?:u\.)?[A-Za-z0-9_-]{130,2000}(?![\w-])/g,
    confidence: 0.95,
    minEntropy: 4,
  },
  {
    kind: 'dropbox-token',
    keywords: ['aaaaaaaaaa'],
    pattern: /(?<![\w-])[A-Za-z0-9]{11}AAAAAAAAAA[A-Za-z0-9_-]{43}(?![\w-])/g,
    confidence: 0.9,
  },
  {
    kind: 'dynatrace-token',
    keywords: ['dt0'],
    pattern: /\bdt0[a-z]\d{2}\.[A-Z2-7]{24}\.[A-Z2-7]{64}\b/g,
    confidence: 0.97,
    minEntropy: 3.5,
  },
  {
    kind: 'google-access-token',
    keywords: ['ya29.'],
    pattern: /\bya29\.[A-Za-z0-9_-]{40,1000}/g,
    confidence: 0.85,
    minEntropy: 4,
  },
  {
    kind: 'tines-webhook',
    keywords: ['.tines.'],
    pattern: /https:\/\/[\w.-]{1,60}\.tines\.(?:com|io)\/webhook\/[a-f0-9]{20,64}\/[a-f0-9]{20,64}\b/g,
    confidence: 0.9,
  },
  {
    kind: 'generic-password-hash',
    keywords: ['{sha}'],
    pattern: /(?<=^[\w.@-]{1,60}:)\{SHA\}[A-Za-z0-9+/]{27}=/g,
    confidence: 0.7,
  },
  {
    kind: 'generic-password-hash',
    keywords: ['$2a$', '$2b$', '$2y$', '$1$', '$5$', '$6$', '$apr1$', '$argon2'],
    pattern:
      /(?<![\w$])\$(?:2[aby]\$\d{2}\$[./A-Za-z0-9]{53}|(?:1|apr1)\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}|5\$(?:rounds=\d{4,9}\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{43}|6\$(?:rounds=\d{4,9}\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{86}|argon2id?\$v=\d{1,3}\$[a-z0-9=,]{5,40}\$[A-Za-z0-9+/]{11,90}\$[A-Za-z0-9+/]{22,90})(?![\w./])/g,
    confidence: 0.7,
    minEntropy: 3.5,
  },
  {
    kind: 'jwt',
    keywords: ['eyj'],
    pattern: /\beyJ[A-Za-z0-9_-]{15,2000}\.eyJ[A-Za-z0-9_-]{15,4000}\.[A-Za-z0-9_-]{20,1000}/g,
    confidence: 0.6,
    minEntropy: 4,
  },
  {
    kind: 'connection-string',
    keywords: [
      'postgres://',
      'postgresql://',
      'mysql://',
      'mariadb://',
      'mongodb://',
      'mongodb+srv://',
      'redis://',
      'rediss://',
      'amqp://',
      'amqps://',
      'mssql://',
      'sqlserver://',
      'ldap://',
      'ldaps://',
      'ftp://',
      'smtp://',
      'smtps://',
    ],
    pattern:
      /\b(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|redis|rediss|amqps?|mssql|sqlserver|ldaps?|ftp|smtps?):\/\/[^\s:@/"'`<>]{1,100}:(?<value>[^\s:@/"'`<>]{6,100})@(?<host>[^\s:/"'`<>?,]{1,200})/gi,
    confidence: 0.7,
  },
];

/**
 * The word of a name that says that it holds a credential with what follows of the name, an assignment, and a quoted value.
 * What stands before the word is `START_OF_NAME`: were it matched with it, each place of a long name would be tried anew.
 */
export const GENERIC_SECRET =
  /(?<name>(?:passw(?:or)?d|passphrase|secret|token|api[_.-]?key|access[_.-]?key|private[_.-]?key|auth[_.-]?key|credential)[A-Za-z0-9_.-]{0,30})["']?\]?(?:\s{0,5}(?::\s?[A-Za-z<>]{1,20}\s?=|=>|:=|[:=])\s{0,5}(?:[\w.()]{1,60}\s?(?:\?:|\?\?|\|\|)\s?)?|[ \t]{1,3})["'`](?<value>[^"'`\s\\]{8,200})["'`]/gi;

/** What stands of a name before its word. */
export const START_OF_NAME = /[A-Za-z0-9_.-]{0,40}$/;

/** The same in files of settings, where a value may stand without quotes up to the end of its line. */
export const UNQUOTED_SECRET =
  /^\s{0,80}(?:export\s{1,5}|-\s{1,5})?(?<name>[A-Za-z0-9_.-]{0,40}(?:passw(?:or)?d|passphrase|secret|token|api[_.-]?key|access[_.-]?key|private[_.-]?key|auth[_.-]?key)[A-Za-z0-9_.-]{0,30})\s{0,5}[=:]\s{0,5}(?<value>[A-Za-z0-9+/=_.~!@%^&*-]{8,200})\s{0,20}(?:#.*)?$/i;

/** The same as an element of XML. */
export const ELEMENT_SECRET =
  /<(?<name>[A-Za-z0-9_.-]{0,40}(?:passw(?:or)?d|passphrase|secret|token|api[_.-]?key|access[_.-]?key|private[_.-]?key|auth[_.-]?key)[A-Za-z0-9_.-]{0,30})>(?<value>[^<>\s]{8,200})<\//gi;

/** Names that speak about credentials but hold something else. */
export const NOT_A_SECRET_NAME =
  /(?:name|names|id|ids|url|uri|path|file|filename|dir|field|label|title|type|kind|header|prefix|suffix|param|parameter|hint|regex|pattern|format|message|text|error|event|action|key_?name|ref|length|size|ttl|expiry|endpoint|host|policy|provider|class|selector|attribute|attr|hash|digest|algorithm|alg|scope|version|description|placeholder|comment|env|variable|var)s?$|^(?:csrf|xsrf|token(?:i[sz]e|izer)|public|next|page|pagination|continuation|sync|cursor|semantic|design|color|css|syntax|lex|parse|bos|eos|pad|unk|mask)/i;

export const GENERIC_KEYWORDS = [
  ...['password', 'passwd', 'passphrase', 'secret', 'token', 'api_key', 'api-key', 'api.key', 'apikey', 'access_key'],
  ...['access-key', 'accesskey', 'private_key', 'private-key', 'privatekey', 'auth_key', 'authkey', 'credential'],
] as const;

export const PRIVATE_KEY_HEADER = /-----BEGIN (?:RSA |DSA |EC |OPENSSH |ENCRYPTED |PGP )?PRIVATE KEY(?: BLOCK)?-----/;
