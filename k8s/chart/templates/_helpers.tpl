{{- define "elder.image" -}}
{{ .Values.image.repository }}{{ if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ .Values.image.tag }}{{ end }}
{{- end -}}
{{- define "elder.url" -}}
{{ if eq .Values.network.expose "none" }}http://localhost:3000{{ else }}https://{{ .Values.network.host }}{{ end }}
{{- end -}}
