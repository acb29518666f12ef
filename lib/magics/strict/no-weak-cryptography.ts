import * as z from 'zod';
import { defineRule } from '../define';
import type { SecurityFlawFact } from '../facts/code';
import { languageOfPath } from '../paths';
import { flawsOf } from '../security-flaws';

const FORMS = new Set(['weak-hash', 'secret-hash', 'secret-random', 'weak-cipher', 'weak-mode', 'weak-key'] as const);

export const noWeakCryptography = defineRule({
  id: 'strict/no-weak-cryptography',
  catalogue: 'STR-X5',
  group: 'security',
  severity: 'low',
  confidence: 0.8,
  needs: ['securityFlaws'],
  limits: { per: 'sites', good: 0, bad: 5 },
  references: [
    'https://cwe.mitre.org/data/definitions/327.html',
    'https://cwe.mitre.org/data/definitions/338.html',
    'https://cheatsheetseries.owasp.org/cheatsheets/Cryptographic_Storage_Cheat_Sheet.html',
    'https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html',
  ],
  tags: [
    'CWE-327',
    'CWE-328',
    'CWE-338',
    'CWE-326',
    'OWASP A02',
    'PCI DSS 3.6.1',
    'ISO27001 A.8.24',
    'SSDF PW.5.1',
    'HIPAA 164.312(a)(2)(iv)',
    'GDPR 32(1)(a)',
  ],
  terms: ['md5', 'sha1', 'des', 'weak hash', 'ハッシュ'],
  options: z.object({}),

  title: { en: 'No broken cryptography', ja: '破られた暗号を使わない' },
  why: {
    en: 'Old ciphers and hashes are broken with ordinary machines, and ordinary random numbers can be guessed.',
    ja: '古い暗号やハッシュは普通の計算機で破られ、通常の乱数は予測できます。',
  },
  fix: {
    en: 'Use AES-GCM or ChaCha20-Poly1305, SHA-256 or better, a password hash (Argon2, bcrypt, scrypt) for passwords, and the random source of the system for secrets.',
    ja: '暗号は AES-GCM か ChaCha20-Poly1305、ハッシュは SHA-256 以上、パスワードには Argon2・bcrypt・scrypt、秘密の値には OS の暗号論的乱数を使ってください。',
  },
  messages: {
    'weak-hash': {
      en: '“{callee}” is a broken hash. If it is not for security, say so with “usedforsecurity=False”.',
      ja: '「{callee}」は破られたハッシュです。安全性に関わらない用途なら、usedforsecurity=False と明示してください。',
    },
    'secret-hash': {
      en: '“{callee}” protects a secret with a broken hash.',
      ja: '「{callee}」が、破られたハッシュで秘密の値を扱っています。',
    },
    'secret-random': {
      en: '“{callee}” makes a secret that can be guessed.',
      ja: '「{callee}」で作った秘密の値は予測できます。',
    },
    'weak-cipher': {
      en: '“{callee}” uses a cipher that is broken.',
      ja: '「{callee}」が、破られた暗号を使っています。',
    },
    'weak-mode': {
      en: '“{callee}” encrypts equal blocks to equal blocks (ECB).',
      ja: '「{callee}」は同じブロックを同じ暗号文にします（ECB モード）。',
    },
    'weak-key': {
      en: '“{callee}” makes a key that is too short.',
      ja: '「{callee}」が作る鍵は短すぎます。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'app/users.py':
            'import hashlib\n\n\ndef hash_password(password):\n    return hashlib.md5(password.encode()).hexdigest()\n',
        },
      },
      {
        files: {
          'app/tokens.py':
            'import random\nimport string\n\n\ndef make_token():\n    reset_token = "".join(random.choices(string.ascii_letters, k=32))\n    return reset_token\n',
        },
      },
      {
        files: {
          'src/tokens.ts':
            'export function createSessionToken(): string {\n  return Math.random().toString(36).slice(2);\n}\n',
        },
      },
      {
        files: {
          'src/users.js':
            "const crypto = require('crypto');\nexports.hash = (password) => crypto.createHash('md5').update(password).digest('hex');\nexports.hashPassword = (text) => crypto.createHash('sha1').update(text).digest('hex');\n",
        },
      },
      {
        files: {
          'seal.go': 'package seal\n\nimport "crypto/des"\n\nfunc seal(key []byte) {\n	des.NewCipher(key)\n}\n',
        },
      },
      {
        files: {
          'src/main/java/a/Seal.java':
            'package a;\nclass Seal {\n  Cipher cipher() throws Exception {\n    return Cipher.getInstance("AES/ECB/PKCS5Padding");\n  }\n}\n',
        },
      },
      { files: { 'src/Seal.cs': 'class Seal {\n  object Make() => new DESCryptoServiceProvider();\n}\n' } },
      {
        files: {
          'src/users.php': '<?php\nfunction check($user, $password) {\n  return $user->hash === md5($password);\n}\n',
        },
      },
      { files: { 'app/seal.rb': 'require "openssl"\n\ndef cipher\n  OpenSSL::Cipher.new("des-cbc")\nend\n' } },
      {
        files: {
          'app/keys.py':
            'from cryptography.hazmat.primitives.asymmetric import rsa\n\n\ndef key():\n    return rsa.generate_private_key(public_exponent=65537, key_size=1024)\n',
        },
      },
    ],
    good: [
      {
        files: {
          'app/cache.py':
            'import hashlib\n\n\ndef cache_key(url):\n    return hashlib.md5(url.encode(), usedforsecurity=False).hexdigest()\n',
        },
      },
      { files: { 'src/cache.php': '<?php\nfunction path($uri) {\n  return "/cache/" . md5($uri);\n}\n' } },
      {
        files: {
          'src/etag.ts':
            "import { createHash } from 'node:crypto';\nexport const etag = (body: string) => createHash('sha1').update(body).digest('hex');\n",
        },
      },
      {
        files: {
          'src/shuffle.ts':
            'export function pickCard(tokens: string[]): string | undefined {\n  return tokens[Math.floor(Math.random() * tokens.length)];\n}\n',
        },
      },
      {
        files: {
          'src/session.php':
            '<?php\nfunction get_lock($session_id) {\n  return query("SELECT GET_LOCK(?, 300)", md5($session_id));\n}\n',
          'src/Length.java':
            'class Length {\n  int passwordLength(java.util.Random random) {\n    return random.nextInt(maxLength - minLength) + minLength;\n  }\n}\n',
          'src/sms.js': 'export const query = (text) => ({ text, SignatureNonce: Math.random().toString() });\n',
          'src/ntlm.js':
            "const crypto = require('crypto');\nexports.createNtlmHash = (password) => crypto.createHash('md4').update(password).digest();\n",
        },
      },
      { files: { 'app/tokens.py': 'import secrets\n\n\ndef make_token():\n    return secrets.token_urlsafe(32)\n' } },
      {
        files: {
          'src/main/java/a/Seal.java':
            'package a;\nclass Seal {\n  Cipher cipher() throws Exception {\n    return Cipher.getInstance("AES/GCM/NoPadding");\n  }\n}\n',
        },
      },
      {
        files: {
          'retry.go': 'package retry\n\nimport "math/rand"\n\nfunc jitter(n int) int {\n	return rand.Intn(n)\n}\n',
        },
      },
    ],
  },

  *check({ securityFlaws }) {
    let shipped = 0;
    const flaws = [...flawsOf(securityFlaws, FORMS)];
    const guessable = new Set(flaws.flatMap(({ row }) => (row.form === 'secret-random' ? placeOf(row) : [])));
    for (const { row, isScript } of flaws) {
      // No hash saves what can be guessed: one finding says it.
      if (row.form === 'secret-hash' && guessable.has(placeOf(row))) continue;
      const isMaybeHarmless = row.form === 'weak-hash';
      // Only Python has a word for a hash that is not for security; elsewhere the line cannot tell.
      if (isMaybeHarmless && languageOfPath(row.path) !== 'python') continue;
      const weight = isScript || isMaybeHarmless ? 0 : 1;
      shipped += weight;
      yield {
        messageId: row.form,
        data: { callee: row.callee },
        location: { path: row.path, line: row.line },
        evidence: row.text,
        confidence: isMaybeHarmless ? 0.5 : 0.8,
        anchor: row.text,
        weight,
      };
    }
    return { value: shipped };
  },
});

const placeOf = ({ path, line }: SecurityFlawFact): string => `${path}:${line}`;
