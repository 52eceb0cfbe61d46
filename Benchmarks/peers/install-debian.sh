#!/bin/sh
# Installs the libraries that compare.py measures against: Sacado and ADOL-C from Debian's packages (run this as root,
# or have sudo), and into a virtual environment beside this file those that PyPI has in newer versions than Debian:
# Stan Math (the headers in httpstan), CppAD (cmeel-cppad) and micrograd itself.
#
#   Benchmarks/peers/install-debian.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
as_root=$([ "$(id -u)" = 0 ] || echo sudo)

$as_root apt-get update
$as_root apt-get install -y --no-install-recommends g++ python3-venv \
  libadolc-dev libtrilinos-sacado-dev libtrilinos-kokkos-dev libtrilinos-teuchos-dev

python3 -m venv "$here/.venv"
# Only their headers are needed, not what they depend on.
"$here/.venv/bin/pip" install --no-deps httpstan cmeel-cppad micrograd
