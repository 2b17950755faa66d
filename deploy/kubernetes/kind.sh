#!/bin/sh
# All of Kontor in a cluster on this machine: makes the cluster, loads images and secrets, and waits until Kontor is ready.
# A second run applies what has changed. To remove it: kind delete cluster --name kontor
set -eu

cd "$(dirname "$0")/../.."
cluster=${KONTOR_CLUSTER:-kontor}
context="kind-$cluster"
images="kontor/gateway:latest kontor/command-side:latest kontor/query-side:latest"
secrets=deploy/secrets

say() { printf '%s\n' "$*"; }
fail() {
  printf 'kind.sh: %s\n' "$*" >&2
  exit 1
}

missing=""
need() { command -v "$1" >/dev/null 2>&1 || missing="$missing
  $1: $2"; }
need docker "https://docs.docker.com/engine/install/"
need kind "https://kind.sigs.k8s.io/docs/user/quick-start/#installation"
need kubectl "https://kubernetes.io/docs/tasks/tools/"
need openssl "of your system's packages"
[ -z "$missing" ] || fail "these are not installed:$missing"
docker info >/dev/null 2>&1 || fail "the Docker engine does not answer. Start it"
for image in $images; do
  docker image inspect "$image" >/dev/null 2>&1 || fail "there is no image $image. Build them: deploy/images.sh"
done

kube() { kubectl --context "$context" "$@"; }

# Makes a Secret from files; an existing one stays as it is.
secret() {
  name=$1
  shift
  kube -n kontor get secret "$name" >/dev/null 2>&1 && return
  files=""
  for file in "$@"; do files="$files --from-file=$secrets/$file"; done
  # shellcheck disable=SC2086 # one argument per file
  kube -n kontor create secret generic "$name" $files
}

[ -d "$secrets" ] || deploy/secrets.sh
if kind get clusters 2>/dev/null | grep -qx "$cluster"; then
  say "The cluster $cluster exists"
else
  kind create cluster --name "$cluster" --wait 120s
fi
# shellcheck disable=SC2086 # one argument per image
kind load docker-image --name "$cluster" $images

kube get namespace kontor >/dev/null 2>&1 || kube create namespace kontor
secret kontor-keys KONTOR_MASTER_KEY KONTOR_SIGNING_MASTER_KEY
secret kontor-gateway KONTOR_GATEWAY_KEY
secret kontor-stores spring.mongodb.uri
secret kontor-admin KONTOR_ADMIN_EMAIL KONTOR_ADMIN_PASSWORD
secret mongodb mongodb-root-password mongodb-password mongodb-keyfile

kube apply -k deploy/kubernetes/overlays/kind
for part in statefulset/mongodb statefulset/axonserver deployment/command-side deployment/query-side deployment/gateway; do
  if ! kube -n kontor rollout status "$part" --timeout 300s; then
    kube -n kontor get pods
    fail "$part did not become ready. Look: kubectl --context $context -n kontor describe pods; and logs $part"
  fi
done

say ""
say "Kontor runs. To reach it:"
say "  kubectl --context $context -n kontor port-forward service/gateway 8080:80"
say "  curl -s http://127.0.0.1:8080/api/v1/catalog/products"
