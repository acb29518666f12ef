import { expect, test } from 'vitest';
import { renderTemplates } from './helm-render';

const render = (template: string, data: Record<string, unknown> = {}) =>
  renderTemplates(new Map([['templates/a.yaml', template]]), data)[0];

test.each([
  ['a {{ .Values.b }} c', { Values: { b: 1 } }, 'a 1 c'],
  ['a\n{{- if .x }}\nb\n{{- end }}\nc', { x: true }, 'a\nb\nc'],
  ['a\n{{- if .x }}\nb\n{{- else }}\nd\n{{- end }}\nc', { x: '' }, 'a\nd\nc'],
  ['{{- if and (eq .x "1") (not .y) }}yes{{ else }}no{{ end -}}\n\n', { x: '1', y: false }, 'yes'],
  ['{{- if or (eq .x "1") (eq .x "2") }}yes{{ else }}no{{ end }}', { x: '3' }, 'no'],
  ['{{- define "n" -}}\n<{{ .x }}>\n{{- end -}}\n{{ include "n" . }}', { x: 'v' }, '<v>'],
  ['{{- /* why */ -}} a', {}, 'a'],
])('%j renders as Helm renders it', (template, data, expected) => {
  expect(render(template, data)).toBe(expected);
});

test.each([
  ['{{ .Values.typo }}', '.Values.typo is no value'],
  ['{{ toYaml .Values }}', 'toYaml is no function'],
  ['{{ if .Values }}', 'end or else is missing'],
  ['{{ end }}', 'end without a beginning'],
  ['{{ include "nothing" . }}', 'no template is named nothing'],
  ['{{ fail "told" }}', 'told'],
])('%j is refused', (template, expected) => {
  expect(() => render(template, { Values: {} })).toThrow(expected);
});

test('a file of helpers defines and renders nothing', () => {
  const files = new Map([
    ['templates/_helpers.tpl', '{{- define "n" -}}<{{ .x }}>{{- end -}}{{ fail "never" }}'],
    ['templates/a.yaml', '{{ include "n" . }}'],
  ]);

  expect(renderTemplates(files, { x: 1 })).toEqual(['<1>']);
});
