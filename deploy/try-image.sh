#!/usr/bin/env bash
# Tests a standalone image on the local Docker, with all the confinement that it supports: an order, a restart, a kill, a backup and its
# restore, an audit, a stop. Needs curl and jq. Removes what it makes.
# Usage: deploy/try-image.sh [IMAGE]        (kontor/standalone:latest)
set -euo pipefail

image=${1:-kontor/standalone:latest}
name="kontor-try-$$"
shut_in=(--read-only --cap-drop ALL --security-opt no-new-privileges --tmpfs /tmp)
json='Content-Type: application/json'

say() { printf '%s\n' "$*"; }
fail() {
  printf 'try-image.sh: %s\n' "$*" >&2
  docker logs --tail 50 "$name" >&2 || true
  exit 1
}
clean_up() {
  docker rm --force "$name" "$name-restored" >/dev/null 2>&1 || true
  docker volume rm "$name-data" "$name-backups" "$name-restored" >/dev/null 2>&1 || true
}
trap clean_up EXIT

# ready NAME: waits until the container is ready, and sets api to its address.
ready() {
  for _ in $(seq 120); do
    [ "$(docker inspect --format '{{ .State.Running }}' "$1")" = true ] || fail "$1 has ended"
    address=$(docker port "$1" 8080/tcp 2>/dev/null | head -n 1)
    if [ -n "$address" ] && curl -sf -o /dev/null --max-time 5 "http://$address/actuator/health/readiness"; then
      api="http://$address/api/v1"
      return 0
    fi
    sleep 1
  done
  fail "$1 is not ready after two minutes"
}
sign_in() {
  curl -sf -H "$json" "$api/auth/signin" -d '{"email":"customer1@example.com","password":"testPass123"}' | jq -er .access_token
}
# has ORDER: whether the order exists and is confirmed.
has() { curl -sf -H "Authorization: Bearer $(sign_in)" "$api/orders/$1" | jq -e '.status == "CONFIRMED"' >/dev/null; }
# tool VOLUME NETWORK WORDS...: one of the launcher's tools, confined too, beside the container or without it.
tool() {
  local volume=$1 network=$2
  shift 2
  docker run --rm "${shut_in[@]}" --network "$network" --volume "$volume:/data" --volume "$name-backups:/backups" "$image" "$@"
}

say "Start"
docker run --detach --name "$name" "${shut_in[@]}" --volume "$name-data:/data" --publish 127.0.0.1::8080 "$image" \
  --kontor.demo=true --kontor.demo-for-everyone=true >/dev/null
ready "$name"

say "An order"
tea=$(curl -sf "$api/catalog/products?search=tea" | jq -er '.items[0].id')
order=$(curl -sf -H "$json" -H "Authorization: Bearer $(sign_in)" "$api/orders" \
  -d "{\"lines\":[{\"productId\":\"$tea\",\"quantity\":1}]}" | jq -er .id)
has "$order" || fail "the order is not confirmed"

say "A restart"
docker restart "$name" >/dev/null
ready "$name"
has "$order" || fail "the order is gone after a restart"

say "A kill"
docker kill "$name" >/dev/null
docker start "$name" >/dev/null
ready "$name"
has "$order" || fail "the order is gone after a kill"

say "A backup and an audit while it runs"
tool "$name-data" "container:$name" backup /backups | tail -n 1
tool "$name-data" "container:$name" audit | tail -n 1 | grep '^CLEAN' || fail "the audit is not clean"

say "A stop"
docker stop --time 45 "$name" >/dev/null
code=$(docker inspect --format '{{ .State.ExitCode }}' "$name")
[ "$code" = 0 ] || fail "it ended with $code"

say "A restore into a new volume, with the master keys of the old one"
tool "$name-restored" none restore /backups | tail -n 1
docker run --rm --network none --entrypoint sh --volume "$name-data:/from:ro" --volume "$name-restored:/to" "$image" \
  -c 'umask 077 && cp /from/master.key /from/signing.key /to/'
docker run --detach --name "$name-restored" "${shut_in[@]}" --volume "$name-restored:/data" --publish 127.0.0.1::8080 "$image" \
  --kontor.demo=true --kontor.demo-for-everyone=true >/dev/null
ready "$name-restored"
has "$order" || fail "the order is not in the backup"

say "The image $image passed all checks."
