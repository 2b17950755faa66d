#!/bin/sh
# Prints, by digest, the images that Compose and Kontor's images are made of, as the registry has them now: lines for the file .env beside
# docker-compose.yml, and the base for KONTOR_IMAGE_BASE. Run it where the registry is reachable, check the output, and keep it.
#   deploy/pin-images.sh >.env
set -eu

fail() {
  printf 'pin-images.sh: %s\n' "$*" >&2
  exit 1
}

# pinned IMAGE:TAG: prints TAG@DIGEST.
pinned() {
  docker pull --quiet "$1" >/dev/null || fail "$1 cannot be fetched"
  digest=$(docker image inspect --format '{{ index .RepoDigests 0 }}' "$1")
  printf '%s@%s' "${1##*:}" "${digest##*@}"
}

command -v docker >/dev/null 2>&1 || fail "docker is not installed"

axonserver=$(pinned "${AXONSERVER_IMAGE:-axoniq/axonserver:2024.2.4-jdk-17-nonroot}")
mongodb=$(pinned "${MONGODB_IMAGE:-mongo:8.0}")
base_image=${BASE_IMAGE:-eclipse-temurin:25-jre}
base=$(pinned "$base_image")
printf 'AXONSERVER_TAG=%s\nMONGODB_TAG=%s\nKONTOR_IMAGE_BASE=%s:%s\n' "$axonserver" "$mongodb" "${base_image%:*}" "$base"
