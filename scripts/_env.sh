# Sourced by the scripts beside it: an environment of the project's own, made once and kept.
#
# prepare FOLDER GROUP...   makes FOLDER (a virtual environment) with the locked packages and this checkout,
#                           with uv where it is installed, else with the venv module and pip.
set -eu
top=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)

die() { echo "$1" >&2; exit 2; }

find_python() {
    for python in ${PYTHON:-} python3.13 python3.12 python3.11 python3; do
        if command -v "$python" >/dev/null 2>&1 \
            && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$python"; return
        fi
    done
}

# Until 3.13, Python reads the file that links an editable checkout in the locale's encoding: under the C locale, letters
# beyond ASCII in the checkout's path would end every start. A relative path has none.
link() {
    for file in "$1"/lib/python*/site-packages/*weekly_roundup*.pth; do
        [ ! -f "$file" ] || echo ../../../.. > "$file"
    done
}

prepare() {
    folder=$1; lock=$2
    stamp="$folder/.made-from"
    wanted=$(cat "$top/pyproject.toml" "$lock" | cksum)
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return 0
    python=$(find_python)
    [ -n "$python" ] || die "Python 3.11 or newer is needed; on Debian and Ubuntu: apt-get install python3 python3-venv"
    echo "Preparing ${folder#"$top"/} (once) ..." >&2
    if command -v uv >/dev/null 2>&1; then
        uv venv --quiet --clear --python "$python" "$folder"
        uv pip install --quiet --compile-bytecode --python "$folder/bin/python" --require-hashes -r "$lock"
        uv pip install --quiet --python "$folder/bin/python" --no-deps -e "$top"
    else
        "$python" -c 'import venv, ensurepip' 2>/dev/null \
            || die "Python's venv module is missing; on Debian and Ubuntu: apt-get install python3-venv"
        "$python" -m venv --clear "$folder"
        # Errors only: what packages say of each other is nothing that a reader of the README can mend.
        "$folder/bin/python" -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r "$lock"
        "$folder/bin/python" -m pip install --quiet --quiet --disable-pip-version-check --no-deps -e "$top"
    fi
    link "$folder"
    echo "$wanted" > "$stamp"
}
