#!/bin/bash
# Starts MongoDB as a replica set of one that requires passwords. MongoDB refuses a key file that others can read, so it gets a copy.
set -euo pipefail
install -m 400 /run/secrets/mongodb-keyfile /tmp/keyfile
# If this runs as root, the image's own script changes to the user mongodb.
if [ "$(id -u)" = 0 ]; then chown mongodb:mongodb /tmp/keyfile; fi
exec docker-entrypoint.sh mongod --replSet kontor --keyFile /tmp/keyfile --bind_ip_all
