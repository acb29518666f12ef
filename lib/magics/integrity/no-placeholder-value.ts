import * as z from 'zod';
import { defineRule } from '../define';
import { baseName, extensionOf, isScriptPath } from '../paths';

/** Files that are copied and filled in. */
const MODEL_FILE =
  /(?:^|[._-])(?:example|sample|template|dist|default|defaults|skel|stub|demo|local|dev|development|test|testing|ci|mock)(?=[._-]|$)|\.(?:tpl|tmpl|j2|erb|in)$/i;
const MODEL_DIRECTORY =
  /(?:^|\/)(?:examples?|samples?|templates?|demos?|playgrounds?|starters?|boilerplates?|scaffolds?|stubs?|generators?|\.github|\.gitlab|\.devcontainer|\.vscode|schemas?|locales?|i18n|lang|docs?|crds?)\//i;
/** Files people look at. */
const PAGES = new Set(
  'html htm tsx jsx vue svelte astro php erb twig hbs ejs cshtml razor mustache haml slim'.split(' '),
);

export const noPlaceholderValue = defineRule({
  id: 'integrity/no-placeholder-value',
  catalogue: 'INT-10',
  group: 'completion',
  severity: 'medium',
  confidence: 0.8,
  needs: ['placeholders'],
  limits: { per: 'sites', good: 0, bad: 5 },
  effort: 'trivial',
  references: ['https://cwe.mitre.org/data/definitions/1188.html', 'https://12factor.net/config'],
  tags: ['CWE-1188', 'OWASP A05', 'ISO27001 A.8.9'],
  options: z.object({}),

  title: { en: 'No placeholders in what is shipped', ja: '出荷物に仮の値を残さない' },
  why: {
    en: 'A value meant to be replaced ships as if it were real: a password everybody knows, a host nobody answers at, a text without meaning.',
    ja: '置き換えるはずの値がそのまま出荷されます。誰もが知るパスワード、応答のないホスト、意味のない文章になります。',
  },
  fix: {
    en: 'Read the value from the environment and refuse to start without it, or move the file to an “.example” that is not loaded.',
    ja: '値は環境から読み、なければ起動を止めてください。見本なら、読み込まれない .example ファイルに移してください。',
  },
  messages: {
    value: { en: 'A value is a placeholder.', ja: '値が仮のままです。' },
    filler: { en: 'Filler text stands in a page.', ja: 'ダミー文章（Lorem ipsum）がページに残っています。' },
    host: {
      en: 'A setting names a host reserved for examples.',
      ja: '設定値が、例示用に予約されたホストを指しています。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'config/production.yml': 'database:\n  host: db.internal\n  password: CHANGE_ME\n',
          'src/a.ts': 'export {};\n',
        },
      },
      {
        files: {
          'src/pay.ts': "const apiKey = 'YOUR_API_KEY';\nexport const pay = (card: Card) => charge(card, apiKey);\n",
        },
      },
      {
        files: {
          'src/pages/about.tsx': 'export const About = () => <p>Lorem ipsum dolor sit amet, consectetur.</p>;\n',
          'app.properties': '# 接続先\npay.url=https://api.example.com/v1\n',
        },
      },
      { files: { 'settings.py': "SECRET_KEY = 'change-me'\nDEBUG = False\n" } },
    ],
    good: [
      {
        files: {
          'src/Bot.vue': '<script>\nconst token = this.$t("YOUR BOT TOKEN HERE");\n</script>\n',
          'src/bot.js': 'let token = this.$t("YOUR BOT TOKEN HERE");\n',
        },
      },
      {
        files: {
          '.env.example': 'API_KEY=CHANGE_ME\nURL=https://example.com\n',
          'config/settings.example.yml': 'password: changeme\n',
          'README.md': 'Set `API_KEY=YOUR_API_KEY`.\n',
          'src/a.ts': 'export {};\n',
        },
      },
      {
        files: {
          'src/check.ts':
            "// Refuses 'changeme'.\nif (secret === 'changeme') throw new Error('set a secret');\nconst WEAK = ['admin', 'changeme'];\nconst field = <input placeholder=\"Your API key here\" />;\n",
          'tests/pay.test.ts': "const key = 'YOUR_API_KEY';\ntest('pays', () => { expect(pay(key)).toBe(1); });\n",
        },
      },
      {
        files: {
          'config/app.yml':
            '# password: CHANGE_ME\npassword: !env DB_PASSWORD\nurl: https://pay.internal/v1\n# see https://example.com\n',
          'src/replace.py': "def replace(text):\n    return text.replace('your', 'our')\n",
        },
      },
    ],
  },

  *check({ placeholders }) {
    for (const { path, role, line, form, text } of placeholders) {
      if (role !== 'production' && role !== 'configuration') continue;
      if (MODEL_FILE.test(baseName(path)) || MODEL_DIRECTORY.test(path)) continue;
      if (role === 'production' && isScriptPath(path)) continue;
      if (form === 'filler' && !PAGES.has(extensionOf(path))) continue;
      yield {
        messageId: form,
        location: { path, line },
        evidence: text,
        severity: form === 'value' ? 'medium' : 'low',
        anchor: `${form} ${text}`,
      };
    }
  },
});
