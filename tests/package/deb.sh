#!/bin/sh
# Makes the Debian packages, installs them in a fresh Debian 12 root, uses them,
# and removes them again: sh tests/package/deb.sh, as root. Ends with 77 (skipped)
# where that cannot be done. Build folder: $BUILD, default build-deb; words that
# follow go to cmake. ROOT_TAR names a tar of such a root, to save the download.
set -eu
cd "$(dirname "$0")/../.."
skip() {
  echo "SKIPPED: $1"
  exit 77
}
[ "$(id -u)" = 0 ] || skip "needs root, for debootstrap and chroot"
for program in debootstrap cpack dpkg-shlibdeps; do
  command -v "$program" > /dev/null || skip "$program is not installed"
done
# The mirrors this machine itself takes Debian from: URI and suite of each.
sources=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' \
  'Created-By: Packages' 'Component: main' | grep -E ' bookworm(-updates|-security)?$' | sort -u)
mirror=$(echo "$sources" | sed -n 's/ bookworm$//p' | head -n 1)
[ -n "$mirror" ] || skip "this machine has no source of Debian 12 packages"

BUILD=${BUILD:-build-deb}
cmake -S . -B "$BUILD" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX=/usr \
  -DPOTENTIAL_ZSH_FOLDER=vendor-completions -DPOTENTIAL_BUILD_TESTS=OFF "$@"
cmake --build "$BUILD"
rm -rf "$BUILD/packages"
(cd "$BUILD" && cpack -G DEB)

root=$(mktemp -d /tmp/potential_root.XXXXXX)
chmod 755 "$root"
clean() {
  if mountpoint -q "$root/proc"; then umount "$root/proc"; fi
  rm -rf --one-file-system "$root"
}
trap clean EXIT
if [ -n "${ROOT_TAR:-}" ] && [ -f "$ROOT_TAR" ]; then
  tar -xf "$ROOT_TAR" -C "$root"
else
  debootstrap --variant=minbase bookworm "$root" "$mirror" > "$BUILD/debootstrap.log" 2>&1 || {
    tail -n 5 "$BUILD/debootstrap.log"
    skip "debootstrap cannot make a Debian 12 root here"
  }
fi
echo "$sources" | sed 's/.*/deb & main/' > "$root/etc/apt/sources.list"
# Programs ask /proc where they are.
mount -t proc proc "$root/proc" 2> /dev/null || mount --bind /proc "$root/proc" 2> /dev/null ||
  skip "no /proc can be mounted in the new root"
cp /etc/resolv.conf "$root/etc/resolv.conf"
cp "$BUILD"/packages/*.deb tests/package/in-root.sh tests/package/model.pdb "$root/tmp/"
env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 ${http_proxy:+http_proxy=$http_proxy} \
  DEBIAN_FRONTEND=noninteractive chroot "$root" sh /tmp/in-root.sh
if command -v lintian > /dev/null; then
  lintian --allow-root --fail-on none --tag-display-limit 0 "$BUILD"/packages/*.deb || true
fi
echo "PASSED: $(cd "$BUILD/packages" && echo *.deb)"
