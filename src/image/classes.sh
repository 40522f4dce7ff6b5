#!/usr/bin/env bash
# classes.sh JAVA: writes classes.txt anew, the classes and lambdas that the archive of the image holds (docs/image.md). Runs
# target/asyncjob-operator.jar through one job, on the cluster of KUBECONFIG, which must have the definition and no other
# operator; told where the API server is as in a Pod, for reading a kubeconfig loads a great deal more.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d) operator=
trap '[ -z "$operator" ] || kill $operator 2> /dev/null || true; rm -rf "$work"' EXIT
of() { kubectl config view --raw --minify --output "jsonpath={$1}"; }
[ -n "$(of '.users[0].user.token')" ] || { echo "the user of KUBECONFIG has no token" >&2; exit 1; }
of '.clusters[0].cluster.certificate-authority-data' | base64 --decode > "$work/ca.crt"

ASYNCJOB_HTTP_ADDRESS=127.0.0.1:0 ASYNCJOB_MANAGEMENT_ADDRESS=127.0.0.1:0 ASYNCJOB_LEADER_ELECTION=true \
  ASYNCJOB_LEASE_NAMESPACE=default ASYNCJOB_HTTP_NAMESPACE=default \
  "$1" -Xshare:off --sun-misc-unsafe-memory-access=allow -XX:DumpLoadedClassList="$work/classes" -Dkubernetes.auth.tryKubeConfig=false \
  -Dkubernetes.master="$(of '.clusters[0].cluster.server')" -Dkubernetes.certs.ca.file="$work/ca.crt" \
  -Dkubernetes.auth.token="$(of '.users[0].user.token')" -jar target/asyncjob-operator.jar > "$work/log" &
operator=$!
touch "$work/log"
until grep --quiet 'ready after' "$work/log"; do
  kill -0 $operator || { cat "$work/log" && exit 1; }
  sleep 0.2
done
kubectl delete --ignore-not-found --filename examples/quickstart.yaml
kubectl apply --filename examples/quickstart.yaml
kubectl wait --for=condition=Finished --timeout=120s --filename examples/quickstart.yaml
kubectl delete --filename examples/quickstart.yaml
kill $operator
wait $operator
# What differs from run to run, the order and the rest of a class's line, is left out.
{
  grep '^@lambda' "$work/classes"
  grep --invert-match '^[@#]' "$work/classes" | cut --delimiter=' ' --fields=1
} | LC_ALL=C sort --unique > src/image/classes.txt
