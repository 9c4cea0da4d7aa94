#!/bin/bash
# Runs KernelChecks against the kernel that this script runs on: as root, best in a guest (guest.sh).
# Usage: kernel_peer.sh JAVA_HOME CLASS_PATH [CHECK ...]
set -euo pipefail
java_home=$1
class_path=$2
shift 2
for module in vcan slcan can-raw vivid; do
  modprobe -q "$module" 2>/dev/null || true
done
if [ -n "${CONTINUO_IN_GUEST:-}" ]; then
  # Page by page through the guest's file system the first start of a JVM takes minutes; copied in one go, seconds.
  mkdir -p /dev/shm/jdk
  (cd "$java_home" && tar -cf - --exclude=src.zip --exclude=ct.sym --exclude=jmods bin conf lib release) | tar -xf - -C /dev/shm/jdk
  java_home=/dev/shm/jdk
  mkdir -p /dev/shm/classes
  copied=
  number=0
  IFS=:
  for entry in $class_path; do
    number=$((number + 1))
    if [ -d "$entry" ]; then
      mkdir -p "/dev/shm/classes/$number"
      cp -r "$entry/dev" "/dev/shm/classes/$number/" 2>/dev/null || true
      entry=/dev/shm/classes/$number
    else
      cp "$entry" "/dev/shm/classes/$number.jar"
      entry=/dev/shm/classes/$number.jar
    fi
    copied="$copied${copied:+:}$entry"
  done
  unset IFS
  class_path=$copied
fi
# A console may have left half a line.
echo
exec "$java_home/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m --enable-native-access=ALL-UNNAMED \
  --add-opens=java.base/jdk.internal.misc=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -cp "$class_path" dev.continuo.simulation.kernel.KernelChecks "$@"
