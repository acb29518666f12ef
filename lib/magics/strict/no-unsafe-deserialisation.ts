import * as z from 'zod';
import type { EditedFile, EditedFinding } from '../define';
import { defineRule } from '../define';
import { replacement } from '../edits/lines';
import { flawsOf } from '../security-flaws';
import type { LineEdit } from '../types';

const FORMS = new Set(['deserialise', 'deserialise-file'] as const);
/** What the program most likely wrote itself. */
const OWN = /cache|\bopen\(|\bfile|\bpath\b|checkpoint/i;

export const noUnsafeDeserialisation = defineRule({
  id: 'strict/no-unsafe-deserialisation',
  catalogue: 'STR-X4',
  group: 'security',
  severity: 'high',
  confidence: 0.8,
  needs: ['securityFlaws'],
  limits: { per: 'sites', good: 0, bad: 3 },
  references: [
    'https://cwe.mitre.org/data/definitions/502.html',
    'https://owasp.org/Top10/A08_2021-Software_and_Data_Integrity_Failures/',
    'https://cheatsheetseries.owasp.org/cheatsheets/Deserialization_Cheat_Sheet.html',
    'https://docs.python.org/3/library/pickle.html',
  ],
  tags: [
    'CWE-502',
    'OWASP A08',
    'ISO27001 A.8.28',
    'SSDF PW.5.1',
    'HIPAA 164.312(a)(1)',
    'HIPAA 164.312(c)(1)',
    'GDPR 32(1)(b)',
  ],
  terms: ['deserialization', 'pickle', 'object injection', 'yaml.load', 'デシリアライズ'],
  options: z.object({}),

  title: { en: 'No data turned into any object', ja: 'データから任意のオブジェクトを復元しない' },
  why: {
    en: 'Whoever writes the data chooses which code runs when it is read.',
    ja: 'データを書いた人が、読み込む時に動くコードを選べてしまいます。',
  },
  fix: {
    en: 'Read a plain format (JSON) into known types, or use the safe reader of the library. Where the format has to stay, sign the data and check it first.',
    ja: 'JSON などの単純な形式を決まった型に読み込むか、ライブラリの安全な読み込み関数を使ってください。形式を変えられない場合は、データに署名し、読む前に検証してください。',
  },
  messages: {
    any: {
      en: '“{callee}” builds whatever objects the data asks for.',
      ja: '「{callee}」が、データの指定どおりのオブジェクトを生成します。',
    },
    file: {
      en: '“{callee}” builds whatever objects the file asks for.',
      ja: '「{callee}」が、ファイルの指定どおりのオブジェクトを生成します。',
    },
  },
  edit: withSafeLoader,
  examples: {
    bad: [
      { files: { 'app/jobs.py': 'import pickle\n\n\ndef job(message):\n    return pickle.loads(message.body)\n' } },
      { files: { 'app/rules.py': 'import yaml\n\n\ndef rules(text):\n    return yaml.load(text)\n' } },
      {
        files: {
          'app/alias.py': 'from pickle import loads as read\n\n\ndef job(message):\n    return read(message.body)\n',
        },
      },
      {
        files: {
          'src/main/java/a/Reader.java':
            'package a;\nimport java.io.ObjectInputStream;\nclass Reader {\n  Object read(ObjectInputStream in) throws Exception {\n    return in.readObject();\n  }\n}\n',
        },
      },
      {
        files: {
          'src/Reader.cs':
            'using System.Runtime.Serialization.Formatters.Binary;\nclass Reader {\n  object Read(Stream stream) { return new BinaryFormatter().Deserialize(stream); }\n}\n',
        },
      },
      {
        files: {
          'src/Json.cs':
            'class Json {\n  JsonSerializerSettings settings = new JsonSerializerSettings { TypeNameHandling = TypeNameHandling.All };\n}\n',
        },
      },
      { files: { 'src/session.php': '<?php\nfunction basket() {\n  return unserialize($_COOKIE["basket"]);\n}\n' } },
      { files: { 'app/basket.rb': 'def basket(cookies)\n  Marshal.load(cookies[:basket])\nend\n' } },
      {
        files: {
          'src/basket.js':
            "const serialize = require('node-serialize');\nexports.basket = (cookie) => serialize.unserialize(cookie);\n",
        },
      },
    ],
    good: [
      {
        files: {
          'app/rules.py':
            'import yaml\nfrom yaml import SafeLoader\n\n\ndef rules(text):\n    return yaml.safe_load(text), yaml.load(text, Loader=SafeLoader), yaml.load(text, SafeLoader)\n',
        },
      },
      {
        files: {
          'app/cookies.py':
            'import hmac\nimport pickle\n\n\ndef read(secret, text, signature):\n    expected = hmac.new(secret, text, "sha256").digest()\n    if not hmac.compare_digest(expected, signature):\n        return None\n    return pickle.loads(text)\n',
        },
      },
      {
        files: { 'app/copy.py': 'import pickle\n\n\ndef copy(value):\n    return pickle.loads(pickle.dumps(value))\n' },
      },
      {
        files: {
          'app/model.py': 'import torch\n\n\ndef model(path):\n    return torch.load(path, weights_only=True)\n',
        },
      },
      { files: { 'app/loads.py': 'import json\n\n\ndef job(message):\n    return json.loads(message.body)\n' } },
      {
        files: {
          'src/session.php':
            '<?php\nfunction basket($text) {\n  return unserialize($text, ["allowed_classes" => false]);\n}\n',
        },
      },
      { files: { 'app/copy.rb': 'def copy(value)\n  Marshal.load(Marshal.dump(value))\nend\n' } },
      {
        files: {
          'src/main/java/a/Node.java':
            'package a;\nimport java.io.ObjectInputStream;\nclass Node {\n  private void readObject(ObjectInputStream in) throws Exception {\n    in.defaultReadObject();\n    next = (Node) in.readObject();\n  }\n}\n',
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
        messageId: row.form === 'deserialise' ? 'any' : 'file',
        data: { callee: row.callee },
        location: { path: row.path, line: row.line },
        evidence: row.text,
        severity: isScript ? 'low' : row.form === 'deserialise-file' || OWN.test(row.text) ? 'medium' : 'high',
        anchor: row.text,
        weight,
      };
    }
    return { value: shipped };
  },
});

const YAML_LOAD = /\byaml\.(load|load_all)\(/g;
const ANY_LOADER = /, ?(?:Loader ?= ?)?yaml\.C?(?:Unsafe|Full)?Loader(?=\))/;

/** Plain documents load as before; those that name objects are refused. */
function withSafeLoader({ data, line }: EditedFinding, { path, lines }: EditedFile): readonly LineEdit[] {
  const text = lines[line - 1] ?? '';
  if (
    !path.endsWith('.py') ||
    text.match(YAML_LOAD)?.length !== 1 ||
    !/^yaml\.load(?:_all)?$/.test(String(data.callee))
  )
    return [];
  const safe = text.replace(YAML_LOAD, 'yaml.safe_$1(').replace(ANY_LOADER, '');
  const isWhole = (safe.match(/\(/g)?.length ?? 0) === (safe.match(/\)/g)?.length ?? 0);
  return isWhole && !safe.includes('Loader') ? [replacement(line, safe)] : [];
}
