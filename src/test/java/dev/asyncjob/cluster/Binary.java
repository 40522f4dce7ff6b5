package dev.asyncjob.cluster;

import java.time.Duration;

/** One of the three programs of the control plane. */
enum Binary {
  ETCD("etcd", "./etcd", Duration.ofSeconds(60)),
  KUBE_APISERVER("kube-apiserver", "k8s.io/kubernetes/cmd/kube-apiserver", Duration.ofSeconds(250)),
  KUBECTL("kubectl", "k8s.io/kubernetes/cmd/kubectl", Duration.ofSeconds(40));

  private final String fileName;
  private final String goPackage;
  private final Duration usualBuildTime;

  Binary(String fileName, String goPackage, Duration usualBuildTime) {
    this.fileName = fileName;
    this.goPackage = goPackage;
    this.usualBuildTime = usualBuildTime;
  }

  String fileName() {
    return fileName;
  }

  String goPackage() {
    return goPackage;
  }

  /** On two cores, with an empty build cache. */
  Duration usualBuildTime() {
    return usualBuildTime;
  }
}
