#!/usr/bin/env bash
# base-tar.sh ROOT OUT.tar [ARCHITECTURE]: makes a base image for -Dimage.base=tar://OUT.tar from a root file system with a
# Java 25 in it, without registry or daemon. ARCHITECTURE is amd64 (the default) or arm64; `java` must be in ROOT/usr/bin.
set -euo pipefail
root=$1 out=$(realpath -m "$2") architecture=${3:-amd64}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pack() { tar --format=gnu --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner "$@"; }

pack -C "$root" -cf "$work/layer.tar" .
digest=$(sha256sum "$work/layer.tar" | cut -d' ' -f1)
cat > "$work/config.json" << EOF
{"architecture":"$architecture","os":"linux","config":{"User":"65532","Env":["PATH=/usr/bin:/bin"]},
"rootfs":{"type":"layers","diff_ids":["sha256:$digest"]}}
EOF
echo '[{"Config":"config.json","RepoTags":null,"Layers":["layer.tar"]}]' > "$work/manifest.json"
pack -C "$work" -cf "$out" manifest.json config.json layer.tar
