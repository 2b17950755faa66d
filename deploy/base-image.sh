#!/bin/sh
# Makes a base for Kontor's images where no registry with eclipse-temurin is reachable: a small Debian from its packages, and the
# JDK of this machine. Needs root and debootstrap.
#   deploy/base-image.sh kontor-base:local && KONTOR_IMAGE_BASE=docker://kontor-base:local deploy/images.sh
# Usage: deploy/base-image.sh NAME[:TAG]
set -eu

suite=${DEBIAN_SUITE:-bookworm}
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}

fail() {
  printf 'base-image.sh: %s\n' "$*" >&2
  exit 1
}

[ $# -eq 1 ] || fail "Usage: deploy/base-image.sh NAME[:TAG]"
[ "$(id -u)" = 0 ] || fail "debootstrap needs root"
for program in debootstrap docker tar; do
  command -v "$program" >/dev/null 2>&1 || fail "$program is not installed"
done
[ -x "${JAVA_HOME:-}/bin/java" ] || fail "JAVA_HOME must name the JDK 25 that the image gets"
grep -q '^JAVA_VERSION="25' "$JAVA_HOME/release" || fail "$JAVA_HOME is not a JDK 25"

work=$(mktemp -d "${TMPDIR:-/tmp}/kontor-base.XXXXXX")
trap 'rm -rf "$work"' EXIT
debootstrap --variant=minbase --include=ca-certificates "$suite" "$work/root" "$mirror" >"$work/log" 2>&1 || {
  tail -n 5 "$work/log" >&2
  fail "debootstrap failed"
}
rm -rf "$work/root/var/cache/apt/archives"/*.deb "$work/root/var/lib/apt/lists"/* "$work/root/usr/share/doc"
mkdir -p "$work/root/opt/java/openjdk"
# A container runs the JVM and needs no compiler.
tar -C "$JAVA_HOME" --exclude=./jmods --exclude=./lib/src.zip --exclude=./man --exclude=./include -ch . | tar -C "$work/root/opt/java/openjdk" -x
tar -C "$work/root" -c . | docker import \
  --change 'ENV PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
  --change 'ENV JAVA_HOME=/opt/java/openjdk' --change 'ENV LANG=C.UTF-8' - "$1"
