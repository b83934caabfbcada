# shellcheck shell=bash
# Words for scripts that try something on a bare Debian 12. Source it, as root: `bare_debian [PACKAGE...]` makes one in a
# new folder $root, which goes away with the script; `inside COMMAND...` runs something there.

[[ $(id -u) == 0 ]] || { echo "${0##*/}: needs root" >&2 && exit 2; }

# leave_bare_debian: nothing may stay mounted when the folder goes
leave_bare_debian() {
  local inner
  for inner in proc dev; do
    if mountpoint -q "$root/$inner"; then umount "$root/$inner"; fi
  done
  rm -rf --one-file-system "$root"
}

# debian_mirror: the archive of Debian 12 that this machine's apt uses
debian_mirror() {
  # The names in $( ) are for apt to fill in.
  # shellcheck disable=SC2016
  apt-get indextargets --format '$(CODENAME) $(REPO_URI)' 'Created-By: Packages' | sed -n 's/^bookworm //p' | head -n 1
}

bare_debian() {
  local mirror include
  mirror=$(debian_mirror)
  [[ -n $mirror ]] || { echo "${0##*/}: this machine's apt knows no archive of Debian 12 (bookworm)" >&2 && exit 2; }
  include=$(IFS=,; echo "$*")
  root=$(mktemp -d /var/tmp/patchgate-bare.XXXXXX)
  trap leave_bare_debian EXIT
  chmod 0755 "$root"
  debootstrap --variant=minbase ${include:+--include="$include"} bookworm "$root" "$mirror" >"$root.log" 2>&1 ||
    { tail -n 20 "$root.log" >&2 && exit 1; }
  rm -f "$root.log"
  rm -rf "$root/etc/apt"
  cp -a /etc/apt "$root/etc/apt"
  cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
  mount -t proc proc "$root/proc"
  mount --bind /dev "$root/dev"
}

# inside COMMAND...: runs it in /root/patchgate, with nothing of this shell but the way out
inside() {
  chroot "$root" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} ${no_proxy:+no_proxy="$no_proxy"} \
    bash -c 'cd /root/patchgate && exec "$@"' bash "$@" </dev/null
}
