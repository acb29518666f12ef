import * as z from 'zod';
import { defineRule } from '../define';
import { flawsOf } from '../security-flaws';

const FORMS = new Set(['input-path'] as const);

export const noPathFromInput = defineRule({
  id: 'strict/no-path-from-input',
  catalogue: 'STR-X7',
  group: 'security',
  severity: 'high',
  confidence: 0.8,
  needs: ['securityFlaws'],
  limits: { per: 'sites', good: 0, bad: 3 },
  references: [
    'https://cwe.mitre.org/data/definitions/22.html',
    'https://owasp.org/Top10/A01_2021-Broken_Access_Control/',
    'https://owasp.org/www-community/attacks/Path_Traversal',
  ],
  tags: ['CWE-22', 'CWE-98', 'OWASP A01', 'ISO27001 A.8.28', 'SSDF PW.5.1', 'HIPAA 164.312(a)(1)', 'GDPR 32(1)(b)'],
  terms: ['path traversal', 'directory traversal', 'lfi', 'zip slip', 'パストラバーサル'],
  options: z.object({}),

  title: { en: 'No path from a request', ja: 'リクエストの値をファイルパスに使わない' },
  why: {
    en: '“../” in the value reaches any file that the program can read or write.',
    ja: '値に「../」を含めると、プログラムが読み書きできるどのファイルにも届いてしまいます。',
  },
  fix: {
    en: 'Look the file up by a key you chose. Otherwise take the last part of the name alone, resolve it, and check that it lies inside the folder.',
    ja: 'あらかじめ決めたキーでファイルを引いてください。それができなければ、名前の末尾だけを使って絶対パスに直し、許可したフォルダーの中にあることを確かめてください。',
  },
  messages: {
    path: {
      en: '“{callee}” opens a path that a request names.',
      ja: '「{callee}」が、リクエストで指定されたパスを開いています。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'app/files.py':
            'from flask import request, send_file\n\n\ndef download():\n    return send_file("/srv/files/" + request.args["name"])\n',
        },
      },
      {
        files: {
          'src/files.ts': `import { readFile } from 'node:fs/promises';\nexport const download = (req: Request) => readFile(\`/srv/files/\${req.query.name}\`);\n`,
        },
      },
      { files: { 'src/files.php': '<?php\nreadfile("/srv/files/" . $_GET["name"]);\n' } },
      { files: { 'src/page.php': '<?php\ninclude "pages/" . $_GET["page"] . ".php";\n' } },
      {
        files: {
          'files.go':
            'package files\n\nimport "os"\n\nfunc download(r *http.Request) {\n	os.Open("/srv/files/" + r.FormValue("name"))\n}\n',
        },
      },
      {
        files: {
          'src/main/java/a/Files.java':
            'package a;\nclass Files {\n  File find(HttpServletRequest request) {\n    return new File("/srv/files", request.getParameter("name"));\n  }\n}\n',
        },
      },
      { files: { 'app/files.rb': 'def download\n  send_file("/srv/files/" + params[:name])\nend\n' } },
      {
        files: {
          'src/Files.cs':
            'class Files {\n  string Read() => File.ReadAllText("/srv/files/" + Request.Query["name"]);\n}\n',
        },
      },
    ],
    good: [
      {
        files: {
          'app/files.py':
            'import os\nfrom flask import request, send_file\n\n\ndef download():\n    return send_file("/srv/files/" + os.path.basename(request.args["name"]))\n',
        },
      },
      {
        files: {
          'src/files.ts':
            "import { readFile } from 'node:fs/promises';\nexport const download = (req: Request) => readFile(FILES[req.query.name] ?? '/srv/none');\nexport const page = () => readFile('/srv/files/index.html');\n",
        },
      },
      { files: { 'src/files.php': '<?php\nreadfile("/srv/files/" . basename($_GET["name"]));\n' } },
      {
        files: {
          'files.go':
            'package files\n\nimport "os"\n\nfunc download(name string) {\n	os.Open("/srv/files/" + name)\n}\n',
        },
      },
    ],
  },

  *check({ securityFlaws }) {
    let shipped = 0;
    for (const { row, isScript } of flawsOf(securityFlaws, FORMS)) {
      const weight = isScript ? 0 : 1;
      shipped += weight;
      yield {
        messageId: 'path',
        data: { callee: row.callee },
        location: { path: row.path, line: row.line },
        evidence: row.text,
        severity: isScript ? 'low' : 'high',
        anchor: row.text,
        weight,
      };
    }
    return { value: shipped };
  },
});
