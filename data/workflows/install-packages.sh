#!/bin/sh
# Installs the Debian packages of apt-packages.txt that are missing; as root,
# or through sudo. Further package names may follow on the command line.
set -eu
cd "$(dirname "$0")/../.."
missing=
for package in $(cat apt-packages.txt) "$@"; do
  case "$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null)" in
    *" installed") ;;
    *) missing="$missing $package" ;;
  esac
done
[ -n "$missing" ] || exit 0
as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
$as_root apt-get update -qq
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
