#!/bin/sh
# Puts the protein structures of Debian's theseus-examples and mustang-testdata
# into a folder: sh example-structures.sh FOLDER. The packages are unpacked, not
# installed, because some images leave out the folder they stand in.
set -eu
mkdir -p "$1"
cd "$1"
[ -d ldh ] && exit 0
mkdir -p packages
cd packages
apt-get download -qq -o APT::Sandbox::User=root theseus-examples mustang-testdata
for package in *.deb; do dpkg-deb -x "$package" .; done
cd ..
cp -r packages/usr/share/doc/mustang-testdata/examples/pdbs mustang
for set in cytochromes trypsins ldh; do
  cp -r "packages/usr/share/doc/theseus/examples/$set" "$set"
done
rm -r packages
