import * as z from 'zod';
import { defineRule } from '../define';
import { withoutTrailingCommas } from '../edits/trailing-commas';
import { baseName } from '../paths';

/** Read by tools that allow comments or their own templates. */
const TEMPLATED =
  /(?:^|\/)(?:templates?|chart|charts|helm|jinja|cookiecutter[^/]*|skeletons?|blueprints|schematics)\/|\{\{|\.(?:tpl|tmpl|j2|jinja2?|erb|ejs|hbs|mustache|template|in|dist)(?:\.|$)/i;
const LENIENT_JSON =
  /^(?:tsconfig|jsconfig|jsonc?|\.eslintrc|\.babelrc|\.swcrc|\.jshintrc|\.jscsrc|devcontainer|api-extractor|language-configuration|launch|settings|tasks|extensions|keybindings|tslint|deno|biome|turbo|rush|nx)\b.*\.?|\.(?:jsonc|json5|code-workspace|sublime-\w+)$/i;

export const noInvalidData = defineRule({
  id: 'strict/no-invalid-data',
  catalogue: 'STR-S2',
  group: 'syntax',
  severity: 'high',
  needs: ['dataErrors'],
  limits: { per: 'sites', good: 0, bad: 3 },
  effort: 'trivial',
  references: ['https://www.rfc-editor.org/rfc/rfc8259', 'https://yaml.org/spec/1.2.2/', 'https://toml.io/en/v1.0.0'],
  tags: ['ISO25010 reliability'],
  options: z.object({}),

  title: { en: 'Data files are well formed', ja: 'データファイルの書式が正しい' },
  why: {
    en: 'A settings file that does not parse stops the program at start, or is silently skipped with the defaults in force.',
    ja: '解析できない設定ファイルは起動を止めるか、黙って無視されて既定値のまま動きます。',
  },
  fix: { en: 'Mend the file at the line named.', ja: '示された行を直してください。' },
  messages: {
    invalid: { en: 'This is not valid {format}: {problem}', ja: '{format} として正しくありません：{problem}' },
  },
  edit: (_, file) => withoutTrailingCommas(file),
  mends: ({ data }) => data.format === 'JSON',
  examples: {
    bad: [
      { files: { 'package.json': '{ "name": "shop", "version": "1.0.0"\n' } },
      { files: { 'config/app.json': '{ "port": 80,, }\n' } },
      { files: { 'config/app.yaml': 'server:\n  port: 80\n   host: x\n  - broken: [1, 2\n' } },
      { files: { 'pyproject.toml': '[project\nname = "shop"\n' } },
    ],
    good: [
      { files: { 'config/app.json': '{ "名前": "店", "port": 80 }\n' } },
      { files: { 'tsconfig.json': '{\n  // strict from the start\n  "compilerOptions": { "strict": true, },\n}\n' } },
      { files: { 'config/app.yaml': 'server:\n  port: 80\n---\nserver:\n  port: 81\n' } },
      {
        files: {
          'chart/templates/web.yaml':
            'replicas: {{ .Values.replicas }}\n{{- if .Values.tls }}\ntls: true\n{{- end }}\n',
        },
      },
      { files: { 'tests/fixtures/broken.json': '{ "port": \n', 'pyproject.toml': '[project]\nname = "shop"\n' } },
    ],
  },

  *check({ dataErrors }) {
    for (const { path, role, line, format, message } of dataErrors) {
      if (role !== 'production' && role !== 'configuration' && role !== 'data') continue;
      if (TEMPLATED.test(path) || (format === 'json' && LENIENT_JSON.test(baseName(path)))) continue;
      yield {
        messageId: 'invalid',
        data: { format: format.toUpperCase(), problem: message.slice(0, 120) },
        location: { path, line },
        severity: role === 'data' ? 'medium' : 'high',
        anchor: format,
      };
    }
  },
});
