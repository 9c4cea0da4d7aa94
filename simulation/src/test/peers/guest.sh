#!/bin/bash
# Runs a bash script as root in a QEMU guest (emulated: no KVM, no root here) whose kernel has the drivers that this computer's may lack: CAN (vcan, slcan) and
# vivid, the kernel's own test camera. The guest sees this computer's files read-only, so that the script finds the JDK and the compiled classes.
# Usage: guest.sh SCRIPT; CONTINUO_GUEST_SECONDS is how long it may take (1700).
# Needs (Debian): apt-get install qemu-system-x86 seabios busybox-static kmod cpio can-utils v4l-utils; it fetches the stock kernel package once (70 MB).
set -euo pipefail
folder=${CONTINUO_GUEST:-${TMPDIR:-/tmp}/continuo-guest}
script=$(readlink -f "$1")
mkdir -p "$folder/out"
cd "$folder"
if [ ! -s initrd.gz ]; then
  package=$(apt-cache depends linux-image-amd64 | awk '/Depends/{print $2; exit}')
  release=${package#linux-image-}
  ls linux-image-*.deb >/dev/null 2>&1 || apt-get download "$package"
  rm -rf kernel files
  dpkg -x linux-image-*.deb kernel
  depmod -b kernel "$release"
  mkdir -p files/{bin,proc,sys,dev,lib/modules,newroot,host,memory}
  cp /bin/busybox files/bin/
  for module in virtio_pci 9pnet_virtio 9p overlay can can_raw vcan slcan vivid; do
    modprobe -d kernel -S "$release" --show-depends "$module" | awk '/^insmod/{print $2}'
  done | awk '!seen[$0]++' | while read -r file; do
    cp "$file" files/lib/modules/
    basename "$file" >> files/modules
  done
  cat > files/init <<'INIT'
#!/bin/busybox sh
/bin/busybox mkdir -p /sbin /usr/bin /usr/sbin
/bin/busybox --install -s
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
for module in $(cat /modules); do
  case $module in
    vivid.ko) insmod /lib/modules/$module n_devs=2 node_types=0x1,0x1 num_inputs=1,1 input_types=0x0,0x0;;
    *) insmod /lib/modules/$module;;
  esac || echo "insmod $module failed"
done
options=trans=virtio,version=9p2000.L,msize=512000
mount -t 9p -o $options,ro host /host
mount -t tmpfs -o size=1g tmpfs /memory
mkdir -p /memory/upper /memory/work
mount -t overlay overlay -o lowerdir=/host,upperdir=/memory/upper,workdir=/memory/work /newroot
mount --move /dev /newroot/dev
mount -t proc proc /newroot/proc
mount -t sysfs sys /newroot/sys
mkdir -p /newroot/dev/pts /newroot/dev/shm /newroot/out
mount -t devpts devpts /newroot/dev/pts
mount -t tmpfs tmpfs /newroot/run
mount -t tmpfs tmpfs /newroot/dev/shm
mount -t 9p -o $options out /newroot/out
ip link set lo up
chroot /newroot /bin/bash -c 'export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp CONTINUO_IN_GUEST=1; bash /out/script.sh; echo "GUEST-STATUS=$?"' \
  > /newroot/dev/ttyS0 2>&1
poweroff -f
INIT
  chmod +x files/init
  (cd files && find . | cpio -o -H newc 2>/dev/null | gzip -1 > ../initrd.gz)
fi
cp "$script" out/script.sh
timeout "${CONTINUO_GUEST_SECONDS:-1700}" qemu-system-x86_64 -accel tcg,thread=multi -cpu max -smp 2 -m 2500 -nic none \
  -kernel kernel/boot/vmlinuz-* -initrd initrd.gz -append "console=ttyS0 quiet panic=-1" -nographic -no-reboot -monitor none \
  -fsdev local,id=host,path=/,security_model=none,readonly=on,multidevs=remap -device virtio-9p-pci,fsdev=host,mount_tag=host \
  -fsdev local,id=out,path="$folder/out",security_model=none -device virtio-9p-pci,fsdev=out,mount_tag=out \
  </dev/null 2>&1 | stdbuf -oL tr -d '\r' | tee console.log
grep -q '^GUEST-STATUS=0' console.log
