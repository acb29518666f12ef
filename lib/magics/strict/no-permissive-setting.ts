import * as z from 'zod';
import { defineRule } from '../define';
import { flawsOf } from '../security-flaws';

const FORMS = new Set(['any-origin', 'any-origin-credentials', 'debug-on'] as const);
/** Settings of a developer's own machine. */
const OWN_MACHINE = /(?:^|[/._-])(?:dev|devel|development|local|debug|test|tests|testing|ci)(?=[/._-])/i;
const SETTINGS = /(?:^|\/)(?:settings|config)(?:\/|[\w.-]{0,40}\.py$)|(?:^|\/)environments\/production\.rb$/;
/** Names that are settings of a framework only in a file of settings. */
const FRAMEWORK_NAME = /^(?:DEBUG|TEMPLATE_DEBUG|consider_all_requests_local)$/;

export const noPermissiveSetting = defineRule({
  id: 'strict/no-permissive-setting',
  catalogue: 'STR-X8',
  group: 'security',
  severity: 'medium',
  confidence: 0.8,
  needs: ['securityFlaws'],
  limits: { per: 'sites', good: 0, bad: 3 },
  references: [
    'https://cwe.mitre.org/data/definitions/489.html',
    'https://cwe.mitre.org/data/definitions/942.html',
    'https://owasp.org/Top10/A05_2021-Security_Misconfiguration/',
    'https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS',
  ],
  tags: [
    'CWE-489',
    'CWE-942',
    'OWASP A05',
    'ISO27001 A.8.9',
    'SSDF PW.9.1',
    'HIPAA 164.312(a)(1)',
    'GDPR 25(2)',
    'GDPR 32(1)(b)',
  ],
  terms: ['csrf', 'cors', 'cross-site request forgery', 'クロスサイトリクエストフォージェリ'],
  options: z.object({}),

  title: { en: 'No setting that opens the door', ja: '門戸を開く設定をしない' },
  why: {
    en: 'Debug pages show code and secrets to visitors, and any site may act for a user who is signed in.',
    ja: 'デバッグ画面は訪問者にコードや秘密を見せ、任意のサイトがログイン中の利用者になりすませます。',
  },
  fix: {
    en: 'Switch debugging on from the environment, off by default. Name the origins that may send credentials.',
    ja: 'デバッグは既定で無効とし、環境変数で有効にしてください。認証情報を送れるオリジンは具体的に列挙してください。',
  },
  messages: {
    'debug-on': {
      en: '“{callee}” switches on debugging.',
      ja: '「{callee}」でデバッグが有効になっています。',
    },
    'any-origin': {
      en: '“{callee}” lets pages of any origin read answers.',
      ja: '「{callee}」により、どのオリジンのページからも応答を読み取れます。',
    },
    'any-origin-credentials': {
      en: '“{callee}” lets any origin send requests with credentials.',
      ja: '「{callee}」により、どのオリジンからも認証情報付きで要求できます。',
    },
  },
  examples: {
    bad: [
      { files: { 'app/main.py': 'from flask import Flask\n\napp = Flask(__name__)\napp.run(debug=True)\n' } },
      { files: { 'shop/settings.py': 'import os\n\nBASE = os.getcwd()\nDEBUG = True\n' } },
      {
        files: {
          'src/app.ts': "import cors from 'cors';\nexport const allow = cors({ origin: true, credentials: true });\n",
        },
      },
      {
        files: {
          'app/api.py':
            'from fastapi import FastAPI\n\napp = FastAPI()\napp.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)\n',
        },
      },
      {
        files: {
          'src/Startup.cs':
            'class Startup {\n  void Use(CorsPolicyBuilder policy) { policy.SetIsOriginAllowed(origin => true).AllowCredentials(); }\n}\n',
        },
      },
      { files: { 'src/main/java/a/Api.java': 'package a;\n@CrossOrigin(origins = "*")\nclass Api {\n}\n' } },
    ],
    good: [
      { files: { 'shop/settings.py': 'import os\n\nDEBUG = os.environ.get("DEBUG") == "1"\n' } },
      { files: { 'shop/settings/development.py': 'DEBUG = True\n' } },
      { files: { 'app/log.py': 'DEBUG = True\n\n\ndef log(text):\n    if DEBUG:\n        print(text)\n' } },
      {
        files: {
          'app/main.py':
            'from flask import Flask\n\napp = Flask(__name__)\n\nif __name__ == "__main__":\n    app.run(debug=False)\n',
        },
      },
      {
        files: {
          'src/app.ts':
            "import cors from 'cors';\nexport const allow = cors({ origin: 'https://shop.example', credentials: true });\nexport const open = cors({ origin: '*' });\n",
        },
      },
      {
        files: {
          'index.php':
            "<?php\nswitch (ENVIRONMENT) {\n  case 'development':\n    ini_set('display_errors', 1);\n    break;\n}\n",
        },
      },
    ],
  },

  *check({ securityFlaws }) {
    let shipped = 0;
    for (const { row, isScript } of flawsOf(securityFlaws, FORMS)) {
      const { form, path, line, callee, text } = row;
      if (OWN_MACHINE.test(path) || (FRAMEWORK_NAME.test(callee) && !SETTINGS.test(path))) continue;
      const isPublic = form === 'any-origin';
      const weight = isScript || isPublic ? 0 : 1;
      shipped += weight;
      yield {
        messageId: form,
        data: { callee },
        location: { path, line },
        evidence: text,
        severity: isPublic || (isScript && form !== 'debug-on') ? 'low' : 'medium',
        confidence: isPublic ? 0.6 : 0.8,
        anchor: text,
        weight,
      };
    }
    return { value: shipped };
  },
});
