# Makes .venv with the project installed, from nothing but bash and Python. To be sourced by bash in the project's folder.
#
#   prepare_environment          what training needs
#   prepare_environment plots    what drawing needs as well
#   prepare_environment test     what the tests need as well; drawing too
#
# Afterwards .venv/bin/python is ready. PYTHON=... names the interpreter to make it with. What is installed stands in
# requirements/*.lock, with hashes; UNLOCKED=1 takes the newest versions that setup.py allows instead, for machines whose
# packages come from elsewhere.
#
# .venv/finished tells with which setup.py and locks, where and with which extra it was installed; .venv/unfinished is
# there while it is being made.

# What is set for another project must not reach into this environment.
unset PYTHONHOME PYTHONPATH

prepare_environment() {
    local extra="${1:-}" made_with="" made_with_extra=""
    if [ -f .venv/finished ]; then
        { read -r made_with; read -r made_with_extra; } < .venv/finished || :
    fi
    # The folder too: an environment does not survive being moved or copied.
    local wanted
    wanted="$(cat setup.py requirements/*.lock | cksum)${UNLOCKED:+ unlocked} in $PWD"
    if ! environment_runs || [ "${made_with#* in }" != "$PWD" ]; then
        make_empty_environment
    elif [ "$made_with" = "$wanted" ]; then
        case "$made_with_extra" in
            test | "${extra:-$made_with_extra}") return ;;
        esac
    fi
    install_project "$extra"
    printf '%s\n%s\n' "$wanted" "$extra" > .venv/finished
    rm .venv/unfinished
}

# Whether .venv is whole, starts, and is of the Python that PYTHON asks for.
environment_runs() {
    [ -f .venv/finished ] && [ ! -e .venv/unfinished ] || return 1
    local version
    version="$(version_of .venv/bin/python)" || return 1
    [ -z "${PYTHON:-}" ] || [ "$version" = "$(version_of "$PYTHON")" ]
}

make_empty_environment() {
    find_python
    if [ -f .venv/finished ] || [ -f .venv/unfinished ]; then
        rm -rf .venv
    elif [ -e .venv ] || [ -L .venv ]; then
        # Not of this script's making: its owner may want it back.
        local aside
        aside=".venv-$(date +%Y%m%d-%H%M%S)"
        say "There is a .venv of another making: it becomes $aside."
        mv .venv "$aside"
    fi
    mkdir .venv
    : > .venv/unfinished
    "$found_python" -m venv .venv || fail "$found_python -m venv .venv did not work: see above."
}

install_project() {
    local what=".${1:+[$1]}"
    : > .venv/unfinished
    rm -f .venv/finished
    say "Installing into .venv, with $(.venv/bin/python --version): some minutes, and 600 MB the first time ..."
    if [ -n "${UNLOCKED:-}" ]; then
        pip_install --editable "$what"
        return
    fi
    # First what builds: whatever has no wheel is then built with it, and with nothing else.
    pip_install --require-hashes --requirement requirements/build.lock
    pip_install --require-hashes --no-build-isolation --requirement "requirements/${1:-run}.lock"
    pip_install --no-deps --no-build-isolation --editable .
}

pip_install() {
    .venv/bin/python -m pip install -qq --disable-pip-version-check "$@" || fail "pip could not install the \
project: see above. The next start tries again; UNLOCKED=1 installs without the pinned versions."
}

# Sets found_python to the first interpreter that fits.
find_python() {
    local name path seen=""
    if [ -n "${PYTHON:-}" ]; then
        found_python="$PYTHON"
        python_fits "$PYTHON" || fail "PYTHON=$PYTHON $unfit_because; $needed."
        return
    fi
    for name in python3.11 python3.10 python3.9 python3 python; do
        # All on the PATH: the first of a name may be a shim of pyenv that only tells which versions there are.
        while IFS= read -r path; do
            found_python="$path"
            if python_fits "$path"; then
                return
            fi
            seen="$seen
  $path $unfit_because"
        done < <(type -aP "$name")
    done
    fail "No Python that fits: $needed.
Found on the PATH:${seen:- none.}
Install one (on Debian and Ubuntu: apt install python3.11 python3.11-venv), or name one: PYTHON=/path/to/python3 $0"
}

needed="Python 3.9, 3.10 or 3.11 is needed, with the modules venv, ensurepip and ssl"

# Whether an interpreter fits; if not, unfit_because says why.
python_fits() {
    local version
    unfit_because="does not run"
    version="$(version_of "$1")" || return 1
    unfit_because="is Python $version"
    case "$version" in
        3.9.* | 3.10.* | 3.11.*) ;;
        *) return 1 ;;
    esac
    unfit_because="is Python $version, but lacks venv, ensurepip or ssl"
    "$1" -c 'import ensurepip, ssl, venv' > /dev/null 2>&1
}

version_of() {
    "$1" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2> /dev/null
}

say() {
    printf '%s\n' "$*"
}

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}
