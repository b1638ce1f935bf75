#!/bin/sh
# Makes sure of what pip cannot install. `build`: Pango and HarfBuzz for WeasyPrint, and Python's
# venv; `test`: Chromium too, what Playwright's driver is linked with, Java for veraPDF and the Nu
# Html Checker, npm with node for that and for Lighthouse, ps, and libfaketime. Silent when nothing
# is missing.
set -eu

fail() {
    printf '%s / %s\n' "$1" "$2" >&2
    exit 1
}

case ${1-} in
    build | test) for=$1 ;;
    *) fail 'Usage: system.sh build|test' '사용법: system.sh build|test' ;;
esac

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
    fail "Python 3.11 or newer is needed: install it, or name it with make PYTHON=…" \
        "Python 3.11 이상이 필요합니다: 설치하거나 make PYTHON=… 으로 지정하세요"

# Prints the Debian package of everything that is missing.
missing() {
    # Each library is loaded, not looked for, by the names that WeasyPrint loads it by.
    "$python" - "$for" <<'PYTHON'
import ctypes.util
import sys

LIBRARIES = [
    ("libpango-1.0-0", "pango-1.0", "libpango-1.0.so.0"),
    ("libpangoft2-1.0-0", "pangoft2-1.0", "libpangoft2-1.0.so.0"),
    ("libharfbuzz0b", "harfbuzz", "libharfbuzz.so.0"),
    ("libharfbuzz-subset0", "harfbuzz-subset", "libharfbuzz-subset.so.0"),
]
if sys.argv[1] == "test" and sys.platform == "linux":
    LIBRARIES.append(("libatomic1", "atomic", "libatomic.so.1"))


def loads(name):
    try:
        return bool(name and ctypes.CDLL(name))
    except OSError:
        return False


try:
    import ensurepip
    import venv
except ImportError:
    print("python%d.%d-venv" % sys.version_info[:2])
for package, stem, soname in LIBRARIES:
    if not loads(soname) and not loads(ctypes.util.find_library(stem)):
        print(package)
PYTHON
    if [ "$for" = test ]; then
        # tests/fixtures/verapdf/: Java that runs a source file, and the library it parted with in Java 11.
        if ! command -v javac >/dev/null; then echo default-jdk-headless; fi
        if [ ! -e /usr/share/java/jaxb-runtime.jar ]; then echo libjaxb-java; fi
        # For Lighthouse and what else is a package of npm's.
        if ! command -v npm >/dev/null; then echo npm; fi
        # Lists the processes that a build which was stopped may have left.
        if ! command -v ps >/dev/null; then echo procps; fi
        # For a clock that goes wrong on purpose.
        if [ "$(uname)" = Linux ]; then
            ls /usr/lib/*/faketime/libfaketime.so.1 /usr/lib64/faketime/libfaketime.so.1 \
                2>/dev/null | grep -q . || echo libfaketime
        fi
        for browser in chromium chromium-browser google-chrome; do
            if command -v "$browser" >/dev/null; then return; fi
        done
        echo chromium
    fi
}

packages=$(missing)
# shellcheck disable=SC2086,SC2116
packages=$(echo $packages)
if [ -z "$packages" ]; then exit 0; fi

if ! command -v apt-get >/dev/null; then
    others='pango harfbuzz'
    if [ "$for" = test ]; then others="$others chromium"; fi
    how="$others"
    if command -v brew >/dev/null; then
        how="brew install $others"
    elif command -v dnf >/dev/null; then
        how="sudo dnf install $others"
    elif command -v pacman >/dev/null; then
        how="sudo pacman -S $others"
    fi
    fail "Missing: $packages. Install: $how" "없음: $packages. 설치하세요: $how"
fi

if [ "$(id -u)" = 0 ]; then
    root=''
elif sudo -n true 2>/dev/null; then
    root='sudo -n'
else
    fail "Missing: $packages. Install: sudo apt-get install $packages" \
        "없음: $packages. 설치하세요: sudo apt-get install $packages"
fi

apt() {
    # $root and $packages are lists of words.
    # shellcheck disable=SC2086
    $root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 "$@" >/dev/null
}

echo "Installing with apt-get: $packages"
# shellcheck disable=SC2086
if ! apt update || ! apt install --yes --no-install-recommends $packages; then
    fail "apt-get could not install: $packages" "apt-get으로 설치하지 못했습니다: $packages"
fi

packages=$(missing)
# shellcheck disable=SC2086,SC2116
packages=$(echo $packages)
if [ -n "$packages" ]; then
    fail "Still missing after apt-get: $packages" "apt-get을 실행했지만 아직 없음: $packages"
fi
