#!/bin/sh
# Installs NumPy, JAX and PyTorch for compare-compiled.py, in a virtual environment beside this file.
#
#   Benchmarks/peers/install-python.sh
#
# On Linux, PyTorch's default wheel brings CUDA, several gigabytes of it, so the build for CPUs is tried first; pip finds
# it where PIP_FIND_LINKS or PIP_EXTRA_INDEX_URL says. Without PyTorch the comparison goes on with the others.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
torch_limit=900 # seconds
torch_space=12  # GiB, for the archives and what comes out of them

python3 -m venv "$here/.venv"
pip="$here/.venv/bin/pip"
"$pip" install numpy jax

with_limit() { if command -v timeout > /dev/null; then timeout "$torch_limit" "$@"; else "$@"; fi; }

with_limit "$pip" install 'torch==2.13.0+cpu' && exit
free=$(($(df -Pk "$here" | awk 'NR == 2 { print $4 }') / 1048576))
if [ "$free" -lt "$torch_space" ]; then
  echo "PyTorch is left out: $free GiB are free, its default wheel needs $torch_space." >&2
elif ! with_limit "$pip" install torch; then
  echo "PyTorch is left out: it could not be installed." >&2
fi
