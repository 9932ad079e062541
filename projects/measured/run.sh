#!/bin/sh
# Measures everything again, and writes logs and descriptors anew: a few minutes on an idle machine, without a GPU.
#
#     projects/measured/run.sh
#
# CodeCarbon and scikit-learn go into an environment of their own, in a temporary folder, and so does what the scripts write;
# `LCA` is how lca is called, `.venv/bin/python -m lca` unless told.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$(dirname "$here")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CODECARBON_LOG_LEVEL=error

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet codecarbon==3.3.2 scikit-learn==1.9.1 numpy==2.4.6
for name in images sorting pi; do
    mkdir "$work/$name"
    (cd "$work/$name" && "$work/venv/bin/python" "$here/$name.py")
    # The kernel's version says more of the machine than a reader needs: `Linux` stands for it.
    sed 's/Linux-[^,]*/Linux/' "$work/$name/emissions_${name}_"*.csv >"$here/logs/$name.csv"
done
cp "$work/images/quality.csv" "$here/logs/images-quality.csv"

cd "$root"
python3 "$here/describe.py" ${LCA:-.venv/bin/python -m lca}
