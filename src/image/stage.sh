#!/usr/bin/env bash
# stage.sh [JAVA]: puts what the image has in /app into target/image. With the java of the image's base it also makes
# asyncjob-operator.jsa there, the class data that the image's JVM starts from.
set -euo pipefail
cd "$(dirname "$0")/../.."
java=${1:-}
app=target/image
rm -rf "$app" && mkdir "$app"
cp -r target/asyncjob-operator.jar target/lib src/image/{options,flags} "$app"
if [ -n "$java" ]; then
  # The JVM uses the archive only with jars of the same size and time; this is the time that jib gives all files.
  find "$app" -name '*.jar' -exec touch --date=@1 {} +
  # With the serial collector, for G1 archives objects too, and differs from one time to the next.
  "$java" -XX:+UseSerialGC -Xshare:dump -XX:SharedClassListFile=src/image/classes.txt -XX:SharedArchiveFile="$app/asyncjob-operator.jsa" \
    -Xlog:disable -Xlog:all=error -cp "$app/asyncjob-operator.jar"
  echo -XX:SharedArchiveFile=/app/asyncjob-operator.jsa >> "$app/options"
fi
