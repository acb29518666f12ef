import { z } from 'zod';
import { defineRule } from '../define';
import { findMarker } from '../markers';

/** Words with which people admit that what stands there is not the real solution. */
const ADMISSIONS: readonly RegExp[] = [
  /\b(?:an?|this|quick|dirty|ugly|nasty|cheap|gross|horrible|terrible|temporary|temp|big|huge|total|bad|slight|small|minor|evil|stupid|silly|little|another) (?:and dirty )?hacks?\b(?![-/]| (?:on|at) )/iu,
  /\bhacks? (?:to|around|because|since|so that|until|needed|required|due)\b/iu,
  /^\W{0,5}hack(?:ish|y)?(?=[\s:,]|$)/iu,
  /\bhack(?:ish|ily)\b|\bhacky\b(?!-)|\bhack(?:ed|ing) around\b/iu,
  /\bk(?:l|)udg(?:e|y|es)\b/iu,
  /\bquick(?:ly)?[- ](?:and|n|'n'|&)[- ]dirty\b/iu,
  /\b(?:is|as|just|only) (?:just |only )?a quick fix\b|^\W{0,5}quick fix(?= (?:for|to|until)\b|\W*$)/iu,
  /\bband-aids?\b/iu,
  /\b(?:a|as|this|just) stop-?gap\b/iu,
  /\b(?:temporary|temp|interim|makeshift|provisional) (?:fix(?:es)?|solution|work-?around|kludge|crutch|measure)\b/iu,
  /\b(?:this|it|that|which|all|below|above)(?:'s| is| are) (?:only |just |all |a )?temporary\b/iu,
  /^\W{0,5}temporary\b(?= (?:until|while we|for now|code|hack|fix)|[:.,]|$)/iu,
  /\btemporarily (?:hard-?cod|comment(?:ed|ing) out|work(?:ing|ed)? around)/iu,
  /\b(?:remove|delete|drop|revert|undo) (?:this|these|the (?:hack|workaround|kludge)) (?:once|when|as soon as)\b/iu,
  /\b(?:hard-?cod(?:ed?|ing)|skipp(?:ed|ing)|commented out|leav(?:e|ing) (?:it|this|that)|stick with|good enough|punt|not (?:supported|implemented|handled))\b[^.;]{0,60}\bfor now\b/iu,
  /^\W{0,5}for now\W{0,3}$|\bfor now,? (?:we|just|it|this|only|i|simply|assume|ignore|skip)\b/iu,
  /\b(?!(?:not|never|be|freed|done)\b)[^.\s]{2,40} for now\W{0,3}$/iu,
];
const JAPANESE: readonly RegExp[] = [
  /とりあえず|取り敢えず|取りあえず/u,
  /一旦(?:これで|ここで|この|コメント|放置|固定|ハードコード|仮|無視|保留|スキップ|無効|べた書き|ベタ書き)/u,
  /応急(?:処置|対応|措置)|その場しのぎ|場当たり|苦肉の策|力技|やっつけ|無理やり|無理矢理|付け焼き刃|ワークアラウンド/u,
  /(?:ひとまず|いったん|今のところは?|当面は?)(?:これで|ハードコード|固定|仮|無視|無効|スキップ|ベタ書き|コメントアウト)/u,
];
/** What is quoted is talked about. */
const QUOTED = /`[^`]*`|"[^"]*"|“[^“”]*”|「[^「」]*」/gu;

export const noWorkaround = defineRule({
  id: 'integrity/no-workaround',
  catalogue: 'INT-04',
  group: 'workaround',
  severity: 'medium',
  needs: ['comments'],
  limits: { per: 'kloc', good: 0.3, bad: 3 },
  references: ['https://doi.org/10.1109/ICSME.2014.31', 'https://cwe.mitre.org/data/definitions/546.html'],
  tags: ['CWE-546', 'ISO27001 A.8.28'],
  options: z.object({
    /** Further terms that admit a workaround, matched as written. */
    terms: z.array(z.string().min(2).max(40)).max(50).default([]),
  }),
  repositoryOptions: ['terms'],

  title: { en: 'No stopgaps admitted in comments', ja: 'その場しのぎのコードを残さない' },
  why: {
    en: 'The author knew that this is not the solution and shipped it. Later readers build on it as if it were.',
    ja: '書いた本人が正しい解決ではないと知りながら出荷しています。後の人は正しいものとして積み上げてしまいます。',
  },
  fix: {
    en: 'Build the real solution, or open an issue that says what it would be and name it in the comment.',
    ja: '本来の解決を実装するか、あるべき姿を課題に書き、その番号をコメントに添えてください。',
  },
  messages: {
    stopgap: {
      en: 'A comment admits a stopgap: “{words}”.',
      ja: 'コメントがその場しのぎだと認めています：「{words}」。',
    },
  },
  examples: {
    bad: [
      { files: { 'src/pay.ts': 'open();\n// Quick and dirty: ask the bank twice.\ncharge(); charge();\n' } },
      {
        files: {
          'pay.py':
            'def pay(card):\n    # hard-coded rate for now, the service is not ready\n    return card.amount * 3\n',
        },
      },
      {
        files: {
          'src/Pay.java':
            'class Pay {\n  // とりあえず固定値で返す\n  int rate() { return 3; }\n\n  /* This is an ugly hack. */\n  int twice() { return rate() * 2; }\n}\n',
        },
      },
      {
        files: {
          'src/pay.go':
            'package pay\n\n// Pay charges the card.\n// Temporary fix until the bank answers.\nfunc Pay() { call(); call() }\n',
        },
      },
      { files: { 'src/lib.rs': '// For now we just ignore refunds.\npub fn refund(n: u32) -> u32 { n - 1 }\n' } },
    ],
    good: [
      {
        files: {
          'src/pay.ts':
            '// Writes to a temporary file first.\nwrite();\n// Workaround for a bug of Safari 12, see #310.\nshow();\n// Reads the "quick fix" menu of the editor.\nmenu();\n',
          'src/hacker.ts': '// Hacker News stories, newest first.\nload();\n// Offers a quick fix action.\noffer();\n',
        },
      },
      {
        files: {
          'cache.py':
            '# The client must not be freed for now.\nhold()\n# Remove it before adding the new one.\nswap()\n# Locks the table temporarily.\nlock()\n',
        },
      },
      {
        files: { 'src/save.ts': '// 一旦メモリーに保存してから書き出す\nsave();\n// 一時ファイルを作る\ncreate();\n' },
      },
      {
        files: {
          'src/pay.ts': 'charge();\n',
          'tests/pay.test.ts': "// ugly hack\ntest('pays', () => { expect(pay()).toBe(1); });\n",
        },
      },
      { files: { 'src/pay.ts': '// HACK: the bank wants two calls\ncharge();\n' } },
    ],
  },

  *check({ comments }, { terms }) {
    for (const { path, role, line, endLine, text } of comments) {
      // A marker is reported as such.
      if (role !== 'production' || findMarker(text)) continue;
      const words = admission(text, terms);
      if (words === null) continue;
      yield {
        messageId: 'stopgap',
        data: { words },
        location: { path, line, endLine },
        evidence: text,
        anchor: text,
      };
    }
  },
});

const MAX_WORDS = 80;

function admission(comment: string, terms: readonly string[]): string | null {
  const text = comment.replace(QUOTED, (quoted) => quoted.replace(/\S/g, '·'));
  for (const pattern of [...ADMISSIONS, ...JAPANESE]) {
    const match = pattern.exec(text);
    if (match) return match[0].replace(/^[\s,;:.·-]+|[\s,;:.]+$/gu, '').slice(0, MAX_WORDS);
  }
  return terms.find((term) => text.includes(term)) ?? null;
}
