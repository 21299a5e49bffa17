#!/bin/sh
# Run by deb.sh inside the fresh root: installs the packages of /tmp, uses them as
# a user would, removes them, and looks for what stayed behind.
set -eu
cd /tmp
listing() {
  find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /tmp -o -path /var/lib/dpkg \
    -o -path /var/lib/apt -o -path /var/cache -o -path /var/log \) -prune -o -print | sort
}
names=$(for deb in *.deb; do dpkg-deb -f "$deb" Package; done)
apt-get update -qq
# What they need comes first, so that the listing tells them apart from it.
needed=$(for deb in *.deb; do dpkg-deb -f "$deb" Depends; done | tr ',' '\n' |
  sed 's/[|(].*//; s/ //g' | sort -u)
for name in $names; do
  needed=$(echo "$needed" | grep -v -x "$name")
done
apt-get install -y -qq --no-install-recommends $needed > /tmp/apt.log 2>&1 || { cat /tmp/apt.log; exit 1; }
listing > /tmp/before
# dpkg refuses them if anything they depend on is missing now.
dpkg -i /tmp/*.deb > /tmp/dpkg.log 2>&1 || { cat /tmp/dpkg.log; exit 1; }

cd / && mkdir -p /tmp/work && cd /tmp/work
potential --version
potential score default /tmp/model.pdb
potential build /tmp/model.pdb -q -o mine.h5 && potential query mine.h5 'ALA:CB-LEU:CB' --distance 5
printf '>other\nWWWWWCHMYDKR\n' > other.fasta  # parasail is loaded, not linked with
potential extract /tmp/model.pdb -q --exclude-similar other.fasta -o dissimilar.h5
test -s /usr/share/man/man1/potential-score.1.gz
test -s /usr/share/bash-completion/completions/potential
test -s /usr/share/zsh/vendor-completions/_potential
case "$names" in *python3-potential*)
  python3 -c "
import potential
rows = potential.score(potential.open('default'), ['/tmp/model.pdb'])
print('python', potential.__version__, rows[0].model, round(rows[0].score, 3))" ;;
esac
if [ -f /usr/include/potential/training/train.hpp ]; then
  test -f "$(find /usr/lib -name potentialConfig.cmake)"
  test -f "$(find /usr/lib -name potential.pc)"
fi
ldd /usr/bin/potential | grep 'not found' && exit 1

dpkg --purge $names > /dev/null
listing > /tmp/after
if ! diff /tmp/before /tmp/after; then
  echo "the lines above are what installing and removing changed" >&2
  exit 1
fi
echo "removed cleanly: nothing stayed behind"
