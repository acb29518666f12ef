import * as z from 'zod';
import { defineRule } from '../define';
import { flawsOf } from '../security-flaws';

const FORMS = new Set(['tls-unverified', 'host-key-unverified'] as const);

export const noUnverifiedTls = defineRule({
  id: 'strict/no-unverified-tls',
  catalogue: 'STR-X6',
  group: 'security',
  severity: 'high',
  confidence: 0.9,
  needs: ['securityFlaws'],
  limits: { per: 'sites', good: 0, bad: 3 },
  references: [
    'https://cwe.mitre.org/data/definitions/295.html',
    'https://owasp.org/Top10/A02_2021-Cryptographic_Failures/',
    'https://cheatsheetseries.owasp.org/cheatsheets/Transport_Layer_Security_Cheat_Sheet.html',
    'https://bandit.readthedocs.io/en/latest/plugins/b501_request_with_no_cert_validation.html',
  ],
  tags: [
    'CWE-295',
    'CWE-297',
    'OWASP A02',
    'PCI DSS 4.2.1',
    'ISO27001 A.8.24',
    'SSDF PW.5.1',
    'HIPAA 164.312(e)(1)',
    'GDPR 32(1)(a)',
    'GDPR 32(1)(b)',
  ],
  terms: ['ssl', 'https', 'certificate', 'mitm', '証明書'],
  options: z.object({}),

  title: { en: 'No connection without checking the other side', ja: '相手を確かめない通信をしない' },
  why: {
    en: 'Without the check anyone on the way can read and change what is sent, encryption or not.',
    ja: '検証しなければ、暗号化していても、経路上の誰でも通信を読み書きできます。',
  },
  fix: {
    en: 'Leave the check on. For a private authority, add its certificate (or host key) to what the client trusts.',
    ja: '検証は有効のままにしてください。社内認証局を使う場合は、その証明書（またはホスト鍵）をクライアントの信頼リストに加えてください。',
  },
  messages: {
    'tls-unverified': {
      en: '“{callee}” turns off the check of certificates.',
      ja: '「{callee}」が証明書の検証を無効にしています。',
    },
    'host-key-unverified': {
      en: '“{callee}” accepts any host key.',
      ja: '「{callee}」がどのホスト鍵でも受け入れています。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'app/client.py':
            'import requests\n\n\ndef fetch(url):\n    return requests.get(url, timeout=30, verify=False)\n',
        },
      },
      {
        files: {
          'src/client.ts':
            "import https from 'node:https';\nexport const agent = new https.Agent({ rejectUnauthorized: false });\n",
        },
      },
      {
        files: {
          'client.go': 'package client\n\nimport "crypto/tls"\n\nvar config = &tls.Config{InsecureSkipVerify: true}\n',
        },
      },
      {
        files: {
          'src/main/java/a/Trust.java':
            'package a;\nclass Trust implements X509TrustManager {\n  public void checkServerTrusted(X509Certificate[] chain, String type) {\n  }\n}\n',
        },
      },
      {
        files: {
          'src/Client.cs':
            'class Client {\n  HttpClientHandler Make() => new HttpClientHandler { ServerCertificateCustomValidationCallback = (message, cert, chain, errors) => true };\n}\n',
        },
      },
      {
        files: {
          'src/client.php': '<?php\nfunction get($ch) {\n  curl_setopt($ch, CURLOPT_SSL_VERIFYPEER, false);\n}\n',
        },
      },
      {
        files: {
          'lib/client.rb':
            'require "net/http"\n\ndef client(http)\n  http.verify_mode = OpenSSL::SSL::VERIFY_NONE\nend\n',
        },
      },
      {
        files: {
          'src/client.rs':
            'fn client() -> Client {\n    Client::builder().danger_accept_invalid_certs(true).build().unwrap()\n}\n',
        },
      },
      {
        files: {
          'src/client.c': 'void prepare(CURL *curl) {\n  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);\n}\n',
        },
      },
      {
        files: {
          'src/main/kotlin/Client.kt':
            'fun client(builder: OkHttpClient.Builder) = builder.hostnameVerifier { _, _ -> true }.build()\n',
        },
      },
      {
        files: {
          'app/shell.py':
            'import paramiko\n\n\ndef connect(client):\n    client.set_missing_host_key_policy(paramiko.AutoAddPolicy())\n',
        },
      },
    ],
    good: [
      {
        files: {
          'app/client.py':
            'import requests\n\n\ndef fetch(url):\n    return requests.get(url, timeout=30, verify="/etc/ssl/company.pem")\n',
        },
      },
      {
        files: {
          'app/token.py':
            'import jwt\n\n\ndef peek(token):\n    """Never pass verify=False here."""\n    return jwt.decode(token, verify=True)\n',
        },
      },
      {
        files: {
          'client.go':
            'package client\n\nimport "crypto/tls"\n\nfunc config(insecure bool) *tls.Config {\n	c := &tls.Config{InsecureSkipVerify: false}\n	if insecure {\n		c.InsecureSkipVerify = true\n	}\n	return c\n}\n',
        },
      },
      {
        files: {
          'tests/client.test.ts':
            "import https from 'node:https';\nexport const agent = new https.Agent({ rejectUnauthorized: false });\n",
        },
      },
      {
        files: {
          'src/help.ts':
            "export const help = 'Set rejectUnauthorized: false only in tests';\n// rejectUnauthorized: false\n",
        },
      },
      {
        files: {
          'src/main/java/a/Trust.java':
            'package a;\nclass Trust implements X509TrustManager {\n  public void checkServerTrusted(X509Certificate[] chain, String type) {\n    inner.checkServerTrusted(chain, type);\n  }\n}\n',
        },
      },
      {
        files: {
          'src/server.c':
            'void prepare(SSL_CTX *context) {\n  SSL_CTX_set_verify(context, SSL_VERIFY_NONE, NULL);\n}\n',
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
        messageId: row.form,
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
