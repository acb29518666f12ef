import * as z from 'zod';
import { defineRule } from '../define';
import { isOneShot, slowFormsOf } from '../slow-forms';

export const hasTimeout = defineRule({
  id: 'strict/has-timeout',
  catalogue: 'STR-C3',
  group: 'scalability',
  severity: 'medium',
  needs: ['slowForms'],
  limits: { per: 'sites', good: 0, bad: 5 },
  effort: 'trivial',
  references: [
    'https://docs.astral.sh/ruff/rules/request-without-timeout/',
    'https://requests.readthedocs.io/en/latest/user/advanced/#timeouts',
    'https://pkg.go.dev/net/http#Client',
  ],
  tags: ['CWE-400', 'CWE-1088', 'ISO27001 A.8.6', 'GDPR 32(1)(b)'],
  options: z.object({}),

  title: { en: 'Outgoing calls have a timeout', ja: '外部への呼び出しに時間制限がある' },
  why: {
    en: 'One server that does not answer holds a worker for ever; soon all of them wait and nothing else is served.',
    ja: '応答しない相手が1つあるだけで処理が止まり続け、やがて全体が待ち状態になって何も返せなくなります。',
  },
  fix: {
    en: 'Give the call, or the client it is made with, a timeout a little above the slowest answer you accept.',
    ja: '許容できる最も遅い応答より少し長い時間制限を、呼び出しかクライアントに設定してください。',
  },
  messages: {
    endless: {
      en: '“{callee}” waits without limit for the other side to answer.',
      ja: '「{callee}」が、相手の応答を無期限に待ちます。',
    },
  },
  examples: {
    bad: [
      { files: { 'app/rates.py': 'import requests\n\n\ndef rates(url):\n    return requests.get(url).json()\n' } },
      {
        files: {
          'app/rates.py': 'import httpx\n\n\ndef rates(url):\n    return httpx.get(url, timeout=None).json()\n',
        },
      },
      {
        files: {
          'rates.go':
            'package rates\n\nimport "net/http"\n\nfunc Fetch(url string) (*http.Response, error) {\n\treturn http.Get(url)\n}\n',
        },
      },
      {
        files: {
          'client.go': 'package rates\n\nimport "net/http"\n\nvar client = &http.Client{Jar: jar}\n',
        },
      },
      {
        files: {
          'src/Rates.java':
            'class Rates {\n  int fetch(URL url) throws IOException {\n    HttpURLConnection open = (HttpURLConnection) url.openConnection();\n    return open.getResponseCode();\n  }\n}\n',
        },
      },
      {
        files: {
          'src/rates.php':
            '<?php\nfunction rates($url) {\n    $curl = curl_init($url);\n    curl_setopt($curl, CURLOPT_RETURNTRANSFER, true);\n    return curl_exec($curl);\n}\n',
        },
      },
      {
        files: {
          'src/rates.rs':
            'pub async fn rates(url: &str) -> String {\n    reqwest::get(url).await.unwrap().text().await.unwrap()\n}\n',
        },
      },
    ],
    good: [
      {
        files: {
          'client.go':
            'package client\n\nimport "net/http"\n\nfunc New(rt http.RoundTripper) *http.Client {\n\treturn &http.Client{Transport: rt}\n}\n',
        },
      },
      {
        files: {
          'app/rates.py':
            'import requests\n\n\ndef rates(url, **options):\n    requests.head(url, **options)\n    return requests.get(url, timeout=5).json()\n',
        },
      },
      { files: { 'app/rates.py': 'import httpx\n\n\ndef rates(url):\n    return httpx.get(url).json()\n' } },
      {
        files: {
          'client.go':
            'package rates\n\nimport (\n\t"net/http"\n\t"time"\n)\n\nvar client = &http.Client{Timeout: 5 * time.Second}\n',
        },
      },
      {
        files: {
          'client.go':
            'package rates\n\nimport "net/http"\n\nfunc Fetch(ctx context.Context, url string) (*http.Response, error) {\n\tclient := &http.Client{}\n\trequest, err := http.NewRequestWithContext(ctx, "GET", url, nil)\n\tif err != nil {\n\t\treturn nil, err\n\t}\n\treturn client.Do(request)\n}\n',
        },
      },
      {
        files: {
          'src/Rates.java':
            'class Rates {\n  int fetch(URL url) throws IOException {\n    HttpURLConnection open = (HttpURLConnection) url.openConnection();\n    open.setConnectTimeout(1000);\n    open.setReadTimeout(5000);\n    return open.getResponseCode();\n  }\n}\n',
        },
      },
      {
        files: {
          'src/rates.php':
            '<?php\nfunction rates($url) {\n    $curl = curl_init($url);\n    curl_setopt($curl, CURLOPT_TIMEOUT, 5);\n    return curl_exec($curl);\n}\n',
        },
      },
      {
        files: {
          'tests/test_rates.py': 'import requests\n\n\ndef test_rates(url):\n    assert requests.get(url).ok\n',
        },
      },
    ],
  },

  *check({ slowForms }) {
    for (const finding of slowFormsOf(slowForms, { form: 'no-timeout', countsScripts: true, messageId: 'endless' })) {
      // Who uses the client may limit each call by its context.
      const isClient = finding.data?.callee === 'http.Client';
      const isMinor = isClient || isOneShot(finding.location?.path ?? '');
      yield isMinor ? { ...finding, severity: 'low', ...(isClient ? { confidence: 0.7 } : {}) } : finding;
    }
  },
});
