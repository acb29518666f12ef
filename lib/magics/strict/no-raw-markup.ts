import * as z from 'zod';
import { defineRule } from '../define';
import { flawsOf } from '../security-flaws';

const FORMS = new Set(['raw-markup'] as const);
/** Also used to decode, to copy or to show what the page made itself; one line cannot tell. */
const MAYBE_OWN = /^(?:innerHTML|outerHTML|insertAdjacentHTML)$/;

/** What a visitor sent is never the page's own. */
const REQUEST = /\$_(?:GET|POST|REQUEST|COOKIE)\b/;

export const noRawMarkup = defineRule({
  id: 'strict/no-raw-markup',
  catalogue: 'STR-X9',
  group: 'security',
  severity: 'low',
  confidence: 0.7,
  needs: ['securityFlaws'],
  limits: { per: 'sites', good: 0, bad: 5 },
  references: [
    'https://cwe.mitre.org/data/definitions/79.html',
    'https://owasp.org/Top10/A03_2021-Injection/',
    'https://cheatsheetseries.owasp.org/cheatsheets/Cross_Site_Scripting_Prevention_Cheat_Sheet.html',
    'https://react.dev/reference/react-dom/components/common#dangerously-setting-the-inner-html',
  ],
  tags: ['CWE-79', 'CWE-116', 'OWASP A03', 'PCI DSS 6.2.4', 'ISO27001 A.8.28', 'HIPAA 164.312(a)(1)', 'GDPR 32(1)(b)'],
  terms: ['xss', 'cross-site scripting', 'innerhtml', 'クロスサイトスクリプティング'],
  options: z.object({}),

  title: { en: 'No text shown as markup', ja: '文字列をそのままマークアップとして出力しない' },
  why: {
    en: 'A script in the text runs in the browser of whoever sees it, with that person’s rights.',
    ja: '文字列に含まれたスクリプトが、閲覧者のブラウザーでその人の権限を使って動きます。',
  },
  fix: {
    en: 'Let the template escape it, or set it as text. Markup that has to stay goes through a sanitiser first.',
    ja: 'テンプレートにエスケープさせるか、テキストとして設定してください。マークアップを残す必要がある場合は、先にサニタイズしてください。',
  },
  messages: {
    markup: {
      en: '“{callee}” takes a value as markup, unescaped.',
      ja: '「{callee}」が、値をエスケープせずマークアップとして扱っています。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'src/note.ts': `export function show(box: Element, note: { text: string }) {\n  box.innerHTML = \`<p>\${note.text}</p>\`;\n}\n`,
        },
      },
      {
        files: {
          'src/note.tsx':
            'export const Note = ({ text }: { text: string }) => <div dangerouslySetInnerHTML={{ __html: text }} />;\n',
        },
      },
      {
        files: {
          'app/tags.py':
            'from django.utils.safestring import mark_safe\n\n\ndef bold(text):\n    return mark_safe("<b>%s</b>" % text)\n',
        },
      },
      { files: { 'app/pages.py': 'import jinja2\n\nenv = jinja2.Environment(autoescape=False)\n' } },
      { files: { 'src/note.php': '<?php echo "<p>" . $_GET["note"] . "</p>";\n' } },
      {
        files: {
          'note.go':
            'package note\n\nimport "html/template"\n\nfunc note(text string) template.HTML {\n	return template.HTML(text)\n}\n',
        },
      },
      { files: { 'app/helpers/note_helper.rb': 'def note(text)\n  text.body.html_safe\nend\n' } },
      { files: { 'src/Note.cs': 'class Note {\n  object Show(string text) => Html.Raw(text);\n}\n' } },
    ],
    good: [
      {
        files: {
          'page.go':
            'package page\n\nimport "html/template"\n\nfunc Body(page Page) template.HTML {\n\treturn template.HTML(page.Rendered())\n}\n',
          'text.go':
            'package text\n\nimport (\n\t"html"\n\t"html/template"\n)\n\nfunc Short(text string) template.HTML {\n\treturn template.HTML(html.EscapeString(text))\n}\n',
        },
      },
      {
        files: {
          'src/note.ts':
            "export function show(box: Element, note: { text: string }) {\n  box.innerHTML = '';\n  box.textContent = note.text;\n  box.innerHTML = DOMPurify.sanitize(note.text);\n}\n",
        },
      },
      {
        files: {
          'src/icon.ts':
            "const ICON = '<svg></svg>';\nexport function show(box: Element, isOpen: boolean) {\n  box.innerHTML = ICON;\n  box.innerHTML = isOpen ? '<b>open</b>' : '<i>closed</i>';\n}\n",
        },
      },
      {
        files: {
          'app/tags.py':
            'from django.utils.html import format_html\nfrom django.utils.safestring import mark_safe\n\n\ndef bold(text):\n    return format_html("<b>{}</b>", text) + mark_safe("<br>")\n',
        },
      },
      {
        files: {
          'app/pages.py':
            'import jinja2\nfrom markupsafe import Markup\n\nenv = jinja2.Environment(autoescape=jinja2.select_autoescape())\n\n\ndef plain(text):\n    return Markup(text).unescape()\n',
        },
      },
      { files: { 'src/note.php': '<?php echo "<p>" . htmlspecialchars($_GET["note"]) . "</p>";\n' } },
      {
        files: {
          'src/compare.js': 'export const isEmpty = (box) => box.innerHTML === text || box.innerHTML == other;\n',
        },
      },
    ],
  },

  *check({ securityFlaws }) {
    let shipped = 0;
    for (const { row, isScript } of flawsOf(securityFlaws, FORMS)) {
      const isMinor = isScript || MAYBE_OWN.test(row.callee);
      const weight = isMinor ? 0 : 1;
      shipped += weight;
      yield {
        messageId: 'markup',
        data: { callee: row.callee },
        location: { path: row.path, line: row.line },
        evidence: row.text,
        severity: !isMinor && REQUEST.test(row.text) ? 'medium' : 'low',
        anchor: row.text,
        weight,
      };
    }
    return { value: shipped };
  },
});
