import * as z from 'zod';
import { defineRule } from '../define';
import { slowFormsOf } from '../slow-forms';

/** Settings of a developer's own machine. */
const DEVELOPMENT =
  /(?:^|[/._-])(?:dev|devel|development|local|test|testing|ci|debug|example|sample|demo)(?:[/._-]|$)/i;

export const noLocalStore = defineRule({
  id: 'strict/no-local-store',
  catalogue: 'STR-C6',
  group: 'scalability',
  severity: 'low',
  confidence: 0.85,
  needs: ['slowForms'],
  limits: { per: 'sites', good: 0, bad: 3 },
  references: ['https://12factor.net/processes', 'https://expressjs.com/en/resources/middleware/session.html'],
  tags: ['CWE-1051', 'ISO27001 A.8.14'],
  options: z.object({}),

  title: {
    en: 'Sessions and caches are shared by all instances',
    ja: 'セッションとキャッシュは全インスタンスで共有する',
  },
  why: {
    en: 'A second instance does not know them: people are logged out at random, and stale answers stay on one machine.',
    ja: '二台目のインスタンスには見えないため、利用者が突然ログアウトしたり、古い応答が一台にだけ残ったりします。',
  },
  fix: {
    en: 'Keep them in a store that all instances reach, such as Redis or the database, or in signed cookies.',
    ja: 'Redis やデータベースなど、どのインスタンスからも届く保存先か、署名つきクッキーに置いてください。',
  },
  messages: {
    store: {
      en: '“{callee}” keeps sessions or a cache on one machine only.',
      ja: '「{callee}」は、セッションやキャッシュを一台の中だけに保存します。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'src/server.js':
            "import session from 'express-session';\n\napp.use(session({ secret: process.env.SECRET, resave: false }));\n",
        },
      },
      { files: { 'app/設定.py': 'SESSION_TYPE = "filesystem"\nSESSION_PERMANENT = True\n' } },
      {
        files: {
          'shop/settings.py':
            'SESSION_ENGINE = "django.contrib.sessions.backends.file"\nCACHES = {\n    "default": {\n        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",\n    }\n}\n',
        },
      },
      {
        files: {
          'lib/session.js':
            "const FileStore = require('session-file-store')(session);\n\nmodule.exports = new FileStore();\n",
        },
      },
    ],
    good: [
      {
        files: {
          'src/server.js':
            "import session from 'express-session';\nimport { RedisStore } from 'connect-redis';\n\napp.use(session({ store: new RedisStore({ client }), secret: process.env.SECRET }));\napp.use(session(options));\n",
        },
      },
      {
        files: {
          'shop/settings.py':
            '# "django.contrib.sessions.backends.file" is for one machine.\nSESSION_ENGINE = "django.contrib.sessions.backends.cached_db"\nCACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache"}}\n',
          'shop/settings/dev.py': 'SESSION_ENGINE = "django.contrib.sessions.backends.file"\n',
        },
      },
      { files: { 'app/docs.py': 'HELP = "SESSION_TYPE may be filesystem or redis"\n' } },
    ],
  },

  *check({ slowForms }) {
    const deployed = slowForms.filter(({ path }) => !DEVELOPMENT.test(path));
    yield* slowFormsOf(deployed, { form: 'local-store', countsScripts: true, messageId: 'store' });
  },
});
