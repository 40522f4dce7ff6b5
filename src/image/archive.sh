#!/usr/bin/env bash
# archive.sh JAVA: makes target/image/app/asyncjob-operator.jsa, the class data that the image's JVM starts from, with the
# java of the image's base. The JVM uses it only with jars that have the same relative paths, sizes and times.
set -euo pipefail
cd "$(dirname "$0")/../.."
app=target/image/app
rm -rf "$app" && mkdir -p "$app"
cp -r target/asyncjob-operator.jar target/lib "$app"
# The time that jib gives all files.
find "$app" -exec touch --date=@1 {} +
"$1" -Xshare:dump -XX:SharedClassListFile=src/image/classes.txt -XX:SharedArchiveFile="$app/asyncjob-operator.jsa" \
  -Xlog:disable -Xlog:all=error -cp "$app/asyncjob-operator.jar"
