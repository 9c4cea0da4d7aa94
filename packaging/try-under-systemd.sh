#!/usr/bin/env bash
# Tries the Debian package under a real systemd: on an overlay, so that nothing it writes or removes reaches this machine's files.
# Needs root, systemd and dpkg; not part of the build. Usage: mvn package -DskipTests, then packaging/try-under-systemd.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
package=$(ls "$here"/target/continuo_*.deb)
log=$(mktemp)

if [ "${1:-}" = --boot ]; then
  mount --make-rprivate /
  mount -t tmpfs -o size=4g tmpfs /mnt
  mkdir -p /mnt/up /mnt/work /mnt/root
  mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/up,workdir=/mnt/work /mnt/root
  cd /mnt/root
  mount -t proc proc proc
  mount --rbind /sys sys
  mount --rbind /dev dev
  for folder in dev/shm run tmp var/tmp; do mount -t tmpfs tmpfs $folder; done
  mkdir -p run/lock old
  for unit in systemd-tmpfiles-setup.service systemd-tmpfiles-setup-dev.service systemd-tmpfiles-clean.timer systemd-remount-fs.service; do
    ln -sf /dev/null etc/systemd/system/$unit
  done
  pivot_root . old
  umount -l /old
  container=docker exec /usr/lib/systemd/systemd --system --unit=basic.target --log-target=console --show-status=0
fi

unshare -p -f -m "$0" --boot > "$log" 2>&1 < /dev/null &
booted=$!
trap 'pkill -9 -P $booted 2>/dev/null || true' EXIT
sleep 5
init=$(pgrep -P $booted)
inside() { nsenter -t "$init" -m -p "$@"; }
unit=continuo@arx-sim
property() { inside systemctl show -p "$1" --value $unit; }
await() { for _ in $(seq 120); do if [ "$(property "$1")" = "$2" ]; then echo "ok    $3"; return; fi; sleep 1; done; echo "FAIL  $3: $1 is $(property "$1")"; exit 1; }

# The JDK need not be a package here.
inside dpkg -i --force-depends "$package" > "$log" 2>&1 || { cat "$log"; exit 1; }
inside systemctl start $unit
await ActiveState active "starts, and says so when the arms are there"
inside kill -STOP "$(property MainPID)"
await NRestarts 1 "one that hangs is killed by the watchdog and started again"
await ActiveState active "it comes back"
inside systemctl stop $unit
await Result success "stops in order"
inside sh -c 'echo "no-such-key = 1" >> /etc/continuo/site.conf'
inside systemctl start $unit 2>/dev/null || true
await ExecMainStatus 2 "bad configuration is told"
await NRestarts 0 "and not tried again and again"
inside dpkg -i --force-depends --force-confold "$package" > "$log" 2>&1
inside grep -q no-such-key /etc/continuo/site.conf && echo "ok    an upgrade keeps the site's configuration"
inside dpkg -r continuo > "$log" 2>&1
inside test -f /etc/continuo/site.conf && echo "ok    so does a removal"
