#!/bin/sh
# Makes the secrets that docker-compose.yml and deploy/kubernetes/kind.sh use: one file each in deploy/secrets (or the folder given).
# Never overwrites one: a new master key cannot read what the old one wrapped.
set -eu

folder=${1:-$(dirname "$0")/secrets}

fail() {
  printf 'secrets.sh: %s\n' "$*" >&2
  exit 1
}

command -v openssl >/dev/null 2>&1 || fail "openssl is not installed"
if [ -d "$folder" ] && [ -n "$(ls -A "$folder")" ]; then
  fail "$folder already has secrets, and they are kept. Whoever wants new ones, and can do without all data, removes it first"
fi

mkdir -p "$folder"
# The folder keeps others out. The files in it are read inside of containers by users of other numbers than yours.
chmod 700 "$folder"

# A file with what is read from the standard input, without a line break at its end.
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

printf 'Made in %s. The first admin: %s, password in %s/KONTOR_ADMIN_PASSWORD\n' "$folder" "$(cat "$folder/KONTOR_ADMIN_EMAIL")" "$folder"
printf 'Keep a copy of both master keys elsewhere: without them no account can be read.\n'
