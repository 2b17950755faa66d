#!/bin/sh
# Builds Kontor's images into the local Docker: first plain, then again with a recorded start where recording works.
# KONTOR_IMAGE_BASE names another base than eclipse-temurin: docker://NAME is one in the local Docker (deploy/base-image.sh makes one).
# Without Docker: ./mvnw -Pimage package -DskipTests writes <module>/target/jib-image.tar instead.
set -eu

cd "$(dirname "$0")/.."
modules="command-side query-side gateway standalone"
prefix=${KONTOR_IMAGE_PREFIX:-kontor/}
tag=${KONTOR_IMAGE_TAG:-latest}
# Tag of the images that only serve to record their start. They are removed.
plain="$tag-plain"

say() { printf '%s\n' "$*"; }
fail() {
  printf 'images.sh: %s\n' "$*" >&2
  exit 1
}

# build TAG
# shellcheck disable=SC2086 # word splitting is intended
build() {
  ./mvnw -q -B -ntp package -Pimage -DskipTests -Dspotless.check.skip=true -pl "$(printf '%s' "$modules" | tr ' ' ',')" -am \
    -Dimage.goal=dockerBuild "-Dimage.prefix=$prefix" "-Dimage.tag=$1" ${KONTOR_IMAGE_BASE:+"-Dimage.base=$KONTOR_IMAGE_BASE"} \
    "-Dimage.revision=$(git rev-parse HEAD 2>/dev/null || printf unknown)" ${KONTOR_IMAGE_OPTIONS:-}
}

# Starts an image until its beans are created, and keeps the JVM's recording.
record() {
  image="$prefix$1:$plain"
  folder="$1/target/recorded"
  mkdir -p "$folder"
  # The image's user writes it, under another user id.
  chmod 777 "$folder"
  key=$(openssl rand -base64 32)
  signing_key=$(openssl rand -base64 32)
  gateway_key=$(openssl rand -base64 32)
  # A side connects to its stores only after that.
  docker run --rm --network none --volume "$PWD/$folder:/recorded" \
    --env "KONTOR_MASTER_KEY=$key" --env "KONTOR_SIGNING_MASTER_KEY=$signing_key" \
    --env "KONTOR_GATEWAY_KEY=$gateway_key" \
    --entrypoint java "$image" @/app/jvm.options -XX:AOTCacheOutput=/recorded/start.aot -Xlog:aot=off -Xlog:cds=off \
    -Dspring.context.exit=onRefresh -cp @/app/jib-classpath-file @/app/jib-main-class-file >"$1/target/recorded.log" 2>&1 || true
  if [ -f "$folder/start.aot" ]; then
    say "  $1: recorded"
  else
    rm -f "$folder"/start.aot*
    say "  $1: the recording failed, starts will take longer; see $1/target/recorded.log"
  fi
}

command -v docker >/dev/null 2>&1 || fail "docker is not installed. Without it: ./mvnw -Pimage package -DskipTests"
docker info >/dev/null 2>&1 || fail "the Docker engine does not answer. Start it, or use ./mvnw -Pimage package -DskipTests"
command -v openssl >/dev/null 2>&1 || fail "openssl is not installed"

# A recording is valid only for the jars with which it was made.
for module in $modules; do rm -rf "$module/target/recorded"; done

# The image before would stay without a name. An image that a container uses stays until the container is removed.
remove_unnamed() {
  for image in $before; do
    if [ "$(docker image inspect --format '{{ len .RepoTags }}' "$image" 2>/dev/null)" = 0 ]; then
      docker image rm "$image" >/dev/null 2>&1 || say "  the previous image is still in use: $image"
    fi
  done
}

# Also those of an earlier run that was interrupted.
remove_plain() {
  for module in $modules; do docker image rm "$prefix$module:$plain" >/dev/null 2>&1 || true; done
}
remove_plain
trap remove_plain EXIT

before=$(for module in $modules; do docker image ls --quiet --no-trunc "$prefix$module:$tag"; done)

say "Building the images"
build "$plain"
say "Recording a start of each image"
for module in $modules; do record "$module"; done
say "Building them again, with the recordings"
build "$tag"
remove_unnamed
for module in $modules; do say "  $prefix$module:$tag"; done
