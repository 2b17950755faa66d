#!/bin/sh
# Creates the secrets of docker-compose.yml and deploy/kubernetes/kind.sh: one file each in deploy/secrets (or the given folder).
# Never overwrites a secret: a new master key cannot open the keys that the old one wrapped.
set -eu

folder=${1:-$(dirname "$0")/secrets}

fail() {
  printf 'secrets.sh: %s\n' "$*" >&2
  exit 1
}

command -v openssl >/dev/null 2>&1 || fail "openssl is not installed"
if [ -d "$folder" ] && [ -n "$(ls -A "$folder")" ]; then
  fail "$folder already has secrets, and they are kept. For new secrets, which make all existing data unreadable, remove it first"
fi

mkdir -p "$folder"
# Other users cannot enter the folder. Containers read its files under other user ids.
chmod 700 "$folder"

# Writes the standard input to a file, without a line break at its end.
write() {
  tr -d '\n' >"$folder/$1"
  chmod 444 "$folder/$1"
}

openssl rand -base64 32 | write KONTOR_MASTER_KEY
openssl rand -base64 32 | write KONTOR_SIGNING_MASTER_KEY
openssl rand -base64 32 | write KONTOR_GATEWAY_KEY
printf '%s' "${KONTOR_ADMIN_EMAIL:-admin@kontor.local}" | write KONTOR_ADMIN_EMAIL
openssl rand -hex 16 | write KONTOR_ADMIN_PASSWORD
openssl rand -hex 24 | write mongodb-root-password
openssl rand -hex 24 | write mongodb-password
openssl rand -base64 96 | write mongodb-keyfile
printf 'mongodb://kontor:%s@mongodb:27017/kontor?replicaSet=kontor&authSource=kontor' "$(cat "$folder/mongodb-password")" | write spring.mongodb.uri

printf 'Created in %s. The first admin: %s, password in %s/KONTOR_ADMIN_PASSWORD\n' "$folder" "$(cat "$folder/KONTOR_ADMIN_EMAIL")" "$folder"
printf 'Keep a copy of both master keys elsewhere: without them no account can be read.\n'
