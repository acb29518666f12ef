import * as z from 'zod';
import { defineRule } from '../define';
import type { SwallowedErrorFact } from '../facts/code';
import { languageOfPath } from '../paths';
import type { Severity } from '../types';

/** Exceptions that are an answer rather than a failure: absence, an end, a race that was lost. */
const EXPECTED =
  /\b(?:ImportError|ModuleNotFoundError|StopIteration|StopAsyncIteration|GeneratorExit|KeyboardInterrupt|CancelledError|FileNotFoundError|FileExistsError|ProcessLookupError|BrokenPipeError|ConnectionResetError|KeyError|IndexError|AttributeError|LookupError|DoesNotExist|ObjectDoesNotExist|ValueError|TypeError|Empty|Full|NotFoundException|NumberFormatException|NoSuchElementException|NoSuchFieldException|NoSuchMethodException|ClassNotFoundException|OperationCanceledException|TaskCanceledException|CancellationException|NameError|LoadError|Errno::\w+|UnicodeDecodeError|UnsupportedOperation)\b/;
/** The name of the variable says that it is dropped on purpose. */
const NAMED_IGNORED = /\b(?:ignored?|ignore\w*|expected|unused|swallow\w*|_+)\s*(?:\)|=>|->|:)|(?:catch|=>)\s*\(?_\b/i;
/** Results that carry nothing to act on: closing, flushing and printing. */
const HARMLESS_RESULT =
  /\b(?:Close|Flush|Sync|Fprint(?:f|ln)?|Print(?:f|ln)?|Write(?:String|Byte|Rune)?|Unlock|Stop|Shutdown|Remove(?:All)?|Seek|Setenv|Unsetenv|RegisterValidation)\(/;
/** These languages cannot name a type in a catch. */
const UNTYPED = new Set(['typescript', 'tsx', 'javascript']);

/** Where asking forgiveness is the custom, an error that is named is the answer to the question that was tried. */
const ASKS_FORGIVENESS = new Set(['python', 'ruby']);

function isAnswer({ form, path }: SwallowedErrorFact): boolean {
  return form !== 'ignored-result' && ASKS_FORGIVENESS.has(languageOfPath(path) ?? '');
}

/** Who names the error knows what is dropped; mostly it is an answer. */
function severityOf({ form, isBroad, path }: SwallowedErrorFact): Severity {
  if (form === 'ignored-result') return 'low';
  const language = languageOfPath(path);
  if (language && UNTYPED.has(language)) return 'medium';
  return isBroad ? 'high' : 'low';
}

export const noSwallowedError = defineRule({
  id: 'integrity/no-swallowed-error',
  catalogue: 'INT-07',
  group: 'accountability',
  severity: 'medium',
  upTo: 'high',
  needs: ['swallowedErrors'],
  limits: { per: 'kloc', good: 0.2, bad: 2 },
  references: [
    'https://cwe.mitre.org/data/definitions/391.html',
    'https://rules.sonarsource.com/java/RSPEC-2486/',
    'https://docs.astral.sh/ruff/rules/try-except-pass/',
    'https://eslint.org/docs/latest/rules/no-empty',
  ],
  tags: ['CWE-391', 'CWE-390', 'OWASP A09', 'ISO27001 A.8.28', 'HIPAA 164.312(b)'],
  options: z.object({}),

  title: { en: 'No swallowed error', ja: 'エラーを握りつぶさない' },
  why: {
    en: 'The program goes on as if nothing had happened, and whoever looks for the cause finds no trace.',
    ja: '何事もなかったかのように処理が続き、原因を調べる人には手がかりが残りません。',
  },
  fix: {
    en: 'Handle it, log it or pass it on. If dropping it is right, catch the narrowest type and say why in a comment.',
    ja: '処理する、記録する、または上位へ渡してください。無視するのが正しい場合は、対象の型を絞り、理由をコメントに書いてください。',
  },
  messages: {
    broad: { en: 'Every error is caught and dropped.', ja: 'あらゆるエラーを受け取り、捨てています。' },
    narrow: { en: 'An error is caught and dropped.', ja: '受け取ったエラーを捨てています。' },
    result: { en: 'The error of this call is discarded.', ja: 'この呼び出しのエラーを捨てています。' },
    promise: { en: 'A rejected promise is dropped.', ja: '失敗した Promise を捨てています。' },
  },
  examples: {
    bad: [
      { files: { 'src/pay.ts': 'try {\n  charge(card);\n} catch (error) {}\n' } },
      { files: { 'pay.py': 'def pay(card):\n    try:\n        charge(card)\n    except Exception:\n        pass\n' } },
      {
        files: {
          'src/Pay.java':
            'class Pay {\n  void pay() {\n    try {\n      charge();\n    } catch (Exception e) {\n    }\n  }\n}\n',
        },
      },
      { files: { 'src/send.js': 'send(mail).catch(() => {});\n' } },
      { files: { 'pay.go': 'package pay\n\nfunc Pay() {\n\tif err := charge(); err != nil {\n\t}\n}\n' } },
      { files: { 'app/pay.rb': 'def pay\n  charge\nrescue StandardError\nend\n' } },
      { files: { 'src/Pay.cs': 'class Pay {\n  void Run() {\n    try { Charge(); } catch (Exception) { }\n  }\n}\n' } },
    ],
    good: [
      {
        files: {
          'src/ready.ts':
            'let hasReady = false;\n// Some writers do not have this property.\ntry {\n  hasReady = isPromise(writer.ready);\n} catch {}\nrun(hasReady);\n',
          'clean.py':
            'def clean(text):\n    try:\n        return json.loads(text)\n    except json.JSONDecodeError:\n        pass\n    return [text]\n',
          'since.rb': 'def since\n  halt 412 if Time.httpdate(header) < time\nrescue ArgumentError\nend\n',
        },
      },
      { files: { 'pay.go': 'package pay\n\nfunc Pay(p Purse) {\n\t_ = p.Name()\n\t_ = elsewhere()\n}\n' } },
      { files: { 'src/pay.ts': 'try {\n  charge(card);\n} catch (error) {\n  log.warn(error);\n}\n' } },
      {
        files: {
          'src/theme.ts':
            'try {\n  localStorage.setItem(key, value);\n} catch {\n  // Storage is off in private windows; the theme is then not kept.\n}\n',
        },
      },
      { files: { 'fast.py': 'try:\n    import ujson as json\nexcept ImportError:\n    pass\n' } },
      {
        files: {
          'src/Parse.java':
            'class Parse {\n  int parse(String s) {\n    try {\n      return Integer.parseInt(s);\n    } catch (NumberFormatException ignored) {\n    }\n    return 0;\n  }\n}\n',
        },
      },
      {
        files: {
          'pay.py': 'def pay():\n    return charge()\n',
          'tests/test_pay.py':
            'def test_pay():\n    try:\n        pay()\n    except Exception:\n        pass\n    assert paid()\n',
        },
      },
    ],
  },

  *check({ swallowedErrors }) {
    for (const row of swallowedErrors) {
      if (row.role !== 'production' || row.hasReason) continue;
      if (row.form === 'ignored-result' && HARMLESS_RESULT.test(row.text)) continue;
      if (!row.isBroad && row.form !== 'ignored-result' && EXPECTED.test(row.text)) continue;
      if (!row.isBroad && isAnswer(row)) continue;
      if (NAMED_IGNORED.test(row.text) && row.form === 'empty-catch') continue;
      yield {
        messageId: messageOf(row),
        location: { path: row.path, line: row.line },
        evidence: row.text,
        severity: severityOf(row),
        anchor: row.text,
      };
    }
  },
});

function messageOf({ form, isBroad }: SwallowedErrorFact): string {
  if (form === 'ignored-result') return 'result';
  if (form === 'empty-promise-catch') return 'promise';
  return isBroad ? 'broad' : 'narrow';
}
