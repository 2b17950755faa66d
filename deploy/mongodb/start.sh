#!/bin/bash
# Starts MongoDB as a replica set of one that asks for passwords. MongoDB takes no key file that others can read, so it gets a copy.
set -euo pipefail
install -m 400 -o mongodb -g mongodb /run/secrets/mongodb-keyfile /tmp/keyfile
exec docker-entrypoint.sh mongod --replSet kontor --keyFile /tmp/keyfile --bind_ip_all
