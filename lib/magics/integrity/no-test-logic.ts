import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';
import { baseName, isScriptPath } from '../paths';

/** Libraries that make doubles or run tests, as imports name them. */
const TEST_LIBRARY =
  /^(?:unittest\.mock|mock|pytest|pytest_mock|jest|@jest\/globals|vitest|sinon|testdouble|ts-mockito|jest-mock|nock|chai|mocha|@testing-library\/.+|enzyme|github\.com\/stretchr\/testify(?:\/.+)?|(?:github\.com\/golang|go\.uber\.org)\/mock\/gomock|testing|org\.(?:mockito|junit|easymock|powermock|testng)\..+|io\.mockk\..+|Moq|NSubstitute|FakeItEasy|Xunit|NUnit\.Framework(?:\..+)?|PHPUnit\\.+|Mockery(?:\\.+)?|rspec(?:\/.+)?|minitest(?:\/.+)?|webmock(?:\/.+)?)$/;
const DOUBLE_FILE =
  /^(?:(?:fake|mock|dummy)(?=[-_]|s?[A-Z])|(?:Fake|Mock|Dummy)(?=[A-Z])|[\w-]{1,80}[.-](?:mock|fake)s?\.)/;
/** Doubles and helpers for tests that are shipped as such. */
const SUPPORT =
  /test|mock|spec(?:s|\b|[-_/.])|fake|stub|dummy|fixture|assert|junit|storybook|stories|playground|benchmark|conformance|verif/i;

export const noTestLogic = defineRule({
  id: 'integrity/no-test-logic',
  catalogue: 'INT-09',
  group: 'test-honesty',
  severity: 'high',
  confidence: 0.8,
  needs: ['testBranches', 'imports'],
  limits: { per: 'sites', good: 0, bad: 3 },
  references: ['http://xunitpatterns.com/Test%20Logic%20in%20Production.html'],
  tags: ['CWE-489', 'ISO27001 A.8.31', 'SSDF PW.5'],
  options: z.object({
    /** Further patterns of test doubles' paths, by prefix, that may be imported. */
    allow: z.array(z.string().min(1).max(200)).max(50).default([]),
  }),

  title: { en: 'No test logic in production code', ja: '本番コードにテスト用の処理を混ぜない' },
  why: {
    en: 'Code that behaves differently under test is not the code that was tested; a double in production answers for the real thing.',
    ja: 'テスト中だけ振る舞いが変わるコードは、テストした対象とは別物です。本番に入った代役は本物の代わりに答えてしまいます。',
  },
  fix: {
    en: 'Pass the difference in from outside (a parameter, a setting by its meaning), and keep doubles among the tests.',
    ja: '違いは引数や意味のある設定として外から渡し、代役はテスト側に置いてください。',
  },
  messages: {
    branch: {
      en: '“{condition}” holds only while tests run.',
      ja: '「{condition}」はテスト実行中だけ成り立つ条件です。',
    },
    library: {
      en: 'Production code imports the test library “{library}”.',
      ja: '本番コードがテスト用ライブラリー「{library}」を読み込んでいます。',
    },
    double: {
      en: 'Production code imports the double “{target}”.',
      ja: '本番コードが代役「{target}」を読み込んでいます。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'src/pay.ts':
            "export function pay(card: Card) {\n  if (process.env.NODE_ENV === 'test') return { ok: true };\n  return charge(card);\n}\n",
        },
      },
      {
        files: {
          'shop/pay.py':
            "import sys\n\ndef pay(card):\n    if 'pytest' in sys.modules:\n        return True\n    return charge(card)\n",
        },
      },
      { files: { 'shop/pay.py': 'from unittest.mock import MagicMock\n\nbank = MagicMock()\n' } },
      {
        files: {
          'src/pay.ts': "import { bank } from './fakeBank';\n\nexport const pay = (card: Card) => bank.charge(card);\n",
          'src/fakeBank.ts': 'export const bank = { charge: (card: Card) => card.id };\n',
        },
      },
      {
        files: {
          'pay/pay.go':
            'package pay\n\nimport "testing"\n\nfunc Pay(c Card) int {\n\tif testing.Testing() {\n\t\treturn 0\n\t}\n\treturn charge(c)\n}\n',
        },
      },
      { files: { 'app/pay.rb': 'def pay(card)\n  return true if Rails.env.test?\n  charge(card)\nend\n' } },
    ],
    good: [
      {
        files: {
          'src/pay.ts':
            "// Behaves the same when process.env.NODE_ENV === 'test'.\nexport function pay(card: Card) {\n  if (process.env.NODE_ENV === 'production') audit(card);\n  return charge(card, \"process.env.NODE_ENV === 'test'\");\n}\n",
          'src/pay.test.ts':
            "import { vi } from 'vitest';\nimport { bank } from './fakeBank';\ntest('pays', () => { expect(pay()).toBe(1); });\n",
          'src/fakeBank.ts': 'export const bank = { charge: (card: Card) => card.id };\n',
        },
      },
      {
        files: {
          'src/lib.rs':
            '#[cfg(not(test))]\npub fn now() -> u64 { clock() + 0 }\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn runs() { assert!(cfg!(test)); }\n}\n',
          'shop/testing.py': 'import pytest\n\n@pytest.fixture\ndef card():\n    return make()\n',
          'vitest.setup.ts': "import { vi } from 'vitest';\nvi.mock('./bank');\n",
        },
      },
      {
        files: {
          'internal/testutil/server.go':
            'package testutil\n\nimport "testing"\n\nfunc Start(t *testing.T) { t.Helper(); run() }\n',
          'src/mocks/handlers.ts': "import { bank } from './mockBank';\nexport const all = [bank];\n",
          'src/mocks/mockBank.ts': 'export const bank = 1;\n',
        },
      },
      {
        files: {
          'src/pay.ts':
            "import type { Fake } from './fakeBank';\nimport { mockup } from './mockup';\nexport const pay = (f: Fake) => mockup(f);\n",
          'src/fakeBank.ts': 'export interface Fake { id: string }\n',
          'src/mockup.ts': 'export const mockup = (f: unknown) => f;\n',
        },
      },
    ],
  },

  *check({ testBranches, imports }, { allow }): CheckOutput {
    for (const { path, role, line, text } of testBranches) {
      if (role !== 'production' || SUPPORT.test(path) || isScriptPath(path)) continue;
      yield {
        messageId: 'branch',
        data: { condition: text },
        location: { path, line },
        evidence: text,
        severity: 'medium',
      };
    }
    for (const { path, role, line, specifier, target, isTypeOnly } of imports) {
      if (role !== 'production' || isTypeOnly || SUPPORT.test(path) || isScriptPath(path)) continue;
      if (target === null) {
        if (!TEST_LIBRARY.test(specifier)) continue;
        yield { messageId: 'library', data: { library: specifier }, location: { path, line } };
      } else if (DOUBLE_FILE.test(baseName(target)) && !allow.some((prefix) => target.startsWith(prefix))) {
        yield { messageId: 'double', data: { target }, location: { path, line }, severity: 'medium', confidence: 0.7 };
      }
    }
  },
});
