#!/bin/sh
# Creates a certificate authority and one certificate for each process, for development. Usage: deploy/certificates.sh DIR
set -eu

PROCESSES="command-side query-side gateway axonserver"
DAYS=365

if [ $# -ne 1 ] || [ "$1" = "--help" ]; then
  echo "Usage: $0 DIR"
  echo "Creates DIR/ca.pem and, for each of $PROCESSES, DIR/<name>.pem and DIR/<name>-key.pem."
  [ "${1:-}" = "--help" ] && exit 0
  exit 1
fi
directory=$1

command -v openssl >/dev/null || {
  echo "openssl is not installed." >&2
  exit 1
}
if [ -e "$directory" ] && [ -n "$(ls -A "$directory")" ]; then
  echo "$directory is not empty. Nothing was made: new certificates would not match those in use. Name another folder." >&2
  exit 1
fi

# Key files are readable by their owner only, from their creation on.
umask 077
mkdir -p "$directory"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

new_key() {
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>"$work/said"
}

# Its key is not kept: for one more certificate all of them must be made again.
new_key "$work/ca-key.pem"
openssl req -x509 -new -key "$work/ca-key.pem" -sha256 -days "$DAYS" -subj "/O=Kontor/CN=Kontor development CA" \
  -addext "basicConstraints=critical,CA:TRUE,pathlen:0" -addext "keyUsage=critical,keyCertSign" -out "$directory/ca.pem"

for process in $PROCESSES; do
  # In Kubernetes and Compose clients use the name of a process, on one machine an address.
  cat >"$work/$process.cnf" <<EOF
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth,clientAuth
subjectAltName=DNS:$process,DNS:$process.kontor,DNS:$process.kontor.svc,DNS:$process.kontor.svc.cluster.local,DNS:localhost,IP:127.0.0.1,IP:::1
EOF
  new_key "$directory/$process-key.pem"
  openssl req -new -key "$directory/$process-key.pem" -subj "/O=Kontor/CN=$process" -out "$work/$process.csr"
  openssl x509 -req -in "$work/$process.csr" -CA "$directory/ca.pem" -CAkey "$work/ca-key.pem" -CAcreateserial \
    -CAserial "$work/serial" -sha256 -days "$DAYS" -extfile "$work/$process.cnf" -out "$directory/$process.pem" 2>"$work/said" || {
    cat "$work/said" >&2
    exit 1
  }
done
# Other users of this machine cannot enter the folder. Containers read mounted single files of it under other user ids.
chmod 700 "$directory"
chmod 444 "$directory"/*.pem

echo "Created in $directory, valid for $DAYS days, for development only:"
echo "  ca.pem  KONTOR_TLS_CA of every process"
for process in $PROCESSES; do
  echo "  $process.pem, $process-key.pem  KONTOR_TLS_CERTIFICATE and KONTOR_TLS_KEY of $process"
done
