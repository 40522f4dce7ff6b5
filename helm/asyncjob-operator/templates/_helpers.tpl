{{- define "asyncjob-operator.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* A release that is called asyncjob needs no more than its own name. */}}
{{- define "asyncjob-operator.fullname" -}}
{{- $name := include "asyncjob-operator.name" . }}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- else if or (contains $name .Release.Name) (hasPrefix .Release.Name $name) }}
{{- .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{/* For what has no namespace: two releases may have the same name in different ones. */}}
{{- define "asyncjob-operator.clusterName" -}}
{{- printf "%s-%s" .Release.Namespace (include "asyncjob-operator.fullname" .) }}
{{- end }}

{{- define "asyncjob-operator.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/name: {{ include "asyncjob-operator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{/* The component keeps the Pod of helm test out. */}}
{{- define "asyncjob-operator.selectorLabels" -}}
app.kubernetes.io/name: {{ include "asyncjob-operator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: operator
{{- end }}

{{- define "asyncjob-operator.testLabels" -}}
app.kubernetes.io/name: {{ include "asyncjob-operator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: test
{{- end }}

{{- define "asyncjob-operator.serviceAccountName" -}}
{{- .Values.serviceAccount.name | default (ternary (include "asyncjob-operator.fullname" .) "default" .Values.serviceAccount.create) }}
{{- end }}

{{- define "asyncjob-operator.image" -}}
{{- with .Values.image }}
{{- .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}
{{- end }}
{{- end }}

{{- define "asyncjob-operator.leaseName" -}}
{{- .Values.asyncjob.leaseName | default (include "asyncjob-operator.fullname" .) }}
{{- end }}

{{- define "asyncjob-operator.httpKeyFile" -}}
{{- .Values.asyncjob.httpKeyFile | default (ternary (printf "/etc/asyncjob/http/%s" .Values.httpKeySecret.key) "" (ne .Values.httpKeySecret.name "")) }}
{{- end }}

{{/* The namespaces that the HTTP API works in, as a JSON list. */}}
{{- define "asyncjob-operator.httpNamespaces" -}}
{{- $namespace := .Values.asyncjob.httpNamespace | default .Release.Namespace }}
{{- concat (list $namespace) .Values.asyncjob.httpTaskHubs | uniq | toJson }}
{{- end }}

{{/* Every value under asyncjob is an option of the program; null, "" and [] mean that it is not given. */}}
{{- define "asyncjob-operator.args" -}}
{{- $derived := dict "leaseName" (include "asyncjob-operator.leaseName" .) "httpKeyFile" (include "asyncjob-operator.httpKeyFile" .) }}
{{- range $key, $value := merge $derived .Values.asyncjob }}
{{- $text := "" }}
{{- if kindIs "slice" $value }}
{{- $text = join "," $value }}
{{- else if and (kindIs "float64" $value) (eq $value (floor $value)) }}
{{- $text = int64 $value | toString }}
{{- else if not (kindIs "invalid" $value) }}
{{- $text = toString $value }}
{{- end }}
{{- if ne $text "" }}
- {{ printf "--%s=%s" (kebabcase $key) $text | quote }}
{{- end }}
{{- end }}
{{- end }}

{{/* What the operator does to the jobs that it watches: TTL deletes, a transition replaces the status. */}}
{{- define "asyncjob-operator.operatorRules" -}}
- apiGroups: [asyncjob.dev]
  resources: [asyncjobs]
  verbs: [list, watch, delete]
- apiGroups: [asyncjob.dev]
  resources: [asyncjobs/status]
  verbs: [update]
{{- end }}

{{/* What no schema can say in words that help. */}}
{{- define "asyncjob-operator.checkValues" -}}
{{- $settings := .Values.asyncjob }}
{{- if and (gt (int .Values.replicaCount) 1) (not $settings.leaderElection) }}
{{- fail (printf "replicaCount is %d, but more than one replica needs asyncjob.leaderElection=true; else set replicaCount=1" (int .Values.replicaCount)) }}
{{- end }}
{{- if and $settings.http (eq $settings.httpAuth "key") (not (include "asyncjob-operator.httpKeyFile" .)) }}
{{- fail "asyncjob.httpAuth=key needs httpKeySecret.name, a Secret with one key a line under httpKeySecret.key (or asyncjob.httpKeyFile)" }}
{{- end }}
{{- if and $settings.http $settings.namespaces }}
{{- range include "asyncjob-operator.httpNamespaces" . | fromJsonArray }}
{{- if not (has . $settings.namespaces) }}
{{- fail (printf "the HTTP API would create jobs in namespace %s, which asyncjob.namespaces does not watch: set asyncjob.httpNamespace and asyncjob.httpTaskHubs to some of %s, or asyncjob.http=false" . (join ", " $settings.namespaces)) }}
{{- end }}
{{- end }}
{{- end }}
{{- if and (or .Values.ingress.enabled .Values.httpRoute.enabled) (not $settings.http) }}
{{- fail "ingress.enabled and httpRoute.enabled need asyncjob.http=true" }}
{{- end }}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) }}
{{- fail "httpRoute.enabled needs httpRoute.parentRefs, the Gateways that the route belongs to" }}
{{- end }}
{{- end }}

{{- define "asyncjob-operator.volumes" -}}
- name: tmp
  emptyDir:
    sizeLimit: 64Mi
{{- with .Values.httpKeySecret }}
{{- if .name }}
- name: http-keys
  secret:
    secretName: {{ .name }}
    defaultMode: 0440
    items:
      - key: {{ .key }}
        path: {{ .key }}
{{- end }}
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "asyncjob-operator.volumeMounts" -}}
- name: tmp
  mountPath: /tmp
{{- if .Values.httpKeySecret.name }}
- name: http-keys
  mountPath: /etc/asyncjob/http
  readOnly: true
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end }}
