package dev.asyncjob.chart;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong values: each is refused before anything is installed, and the message names it. */
class RefusalTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {asynjob: {http: true}} | asynjob
          {asyncjob: {htp: true}} | '/asyncjob' & htp
          {asyncjob: {http: "yes"}} | '/asyncjob/http' & boolean
          {asyncjob: {queuedDurationSec: 20s}} | '/asyncjob/queuedDurationSec' & number
          {asyncjob: {queuedDurationSec: -1}} | '/asyncjob/queuedDurationSec' & 0
          {asyncjob: {ttlSecondsAfterFinished: 1.5}} | '/asyncjob/ttlSecondsAfterFinished' & integer
          {asyncjob: {ttlSecondsAfterFinished: 2147483648}} | '/asyncjob/ttlSecondsAfterFinished' & maximum
          {asyncjob: {namespaces: a}} | '/asyncjob/namespaces' & want array
          {asyncjob: {namespaces: [A_b]}} | '/asyncjob/namespaces/0' & pattern
          {asyncjob: {namespaces: [a, a]}} | '/asyncjob/namespaces' & items at 0 and 1 are equal
          {asyncjob: {httpAuth: basic}} | '/asyncjob/httpAuth' & 'kubernetes', 'key', 'anonymous'
          {asyncjob: {httpAddress: "8080"}} | '/asyncjob/httpAddress' & pattern
          {asyncjob: {httpAddress: "0.0.0.0:0"}} | '/asyncjob/httpAddress' & pattern
          {asyncjob: {httpExternalUrl: jobs}} | '/asyncjob/httpExternalUrl' & pattern
          {asyncjob: {logLevel: loud}} | '/asyncjob/logLevel' & 'info'
          {replicaCount: two} | '/replicaCount' & integer
          {image: {name: x}} | '/image' & name
          {image: {digest: latest}} | '/image/digest' & pattern
          {imagePullSecrets: [pull]} | '/imagePullSecrets/0' & object
          {service: {type: ExternalName}} | '/service/type' & 'ClusterIP'
          {service: {port: 0}} | '/service/port' & 1
          {livenessProbe: {path: /x}} | '/livenessProbe' & path
          {podLabels: {a: 1}} | '/podLabels/a' & string
          {podDisruptionBudget: {maxUnavailable: half}} | '/podDisruptionBudget/maxUnavailable' & pattern
          {ingress: {hosts: [{host: x}]}} | '/ingress/hosts/0' & paths
          {ingress: {hosts: [{host: x, paths: [{path: x, pathType: Prefix}]}]}} | path & pattern
          {httpRoute: {parentRefs: [{nam: x}]}} | '/httpRoute/parentRefs/0' & nam
          {tolerations: [{efect: NoSchedule}]} | '/tolerations/0' & efect
          {serviceMonitor: {interval: 30}} | '/serviceMonitor/interval' & string
          {resources: {limit: {}}} | '/resources' & limit
          {asyncjob: {leaderElection: false}} | replicaCount is 2 & asyncjob.leaderElection=true & replicaCount=1
          {asyncjob: {httpAuth: key}} | asyncjob.httpAuth=key needs httpKeySecret.name
          {asyncjob: {namespaces: [a]}} | namespace jobs & asyncjob.namespaces does not watch & asyncjob.httpNamespace
          {asyncjob: {namespaces: [a], httpNamespace: a, httpTaskHubs: [b]}} | namespace b & asyncjob.httpTaskHubs
          {asyncjob: {http: false}, ingress: {enabled: true}} | asyncjob.http=true
          {httpRoute: {enabled: true}} | httpRoute.parentRefs
          """)
  void isRefused(String values, String parts) {
    assertThatThrownBy(() -> Rendered.with(values)).hasMessageContainingAll(parts.split(" & "));
  }
}
