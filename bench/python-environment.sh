# Sourced by benchmarks in Python: python_environment NAME LOWEST [HIGHEST] makes .synthray/bench-NAME/venv of bench/NAME/requirements.txt
# on first use, with a Python 3 of these minor versions, and sets `home` to the folder of the environment.
python_environment() {
  local name=$1 lowest=$2 highest=${3:-} python= candidate stamp
  local requirements=$root/bench/$name/requirements.txt
  home=$root/.synthray/bench-$name
  stamp=$home/installed-$(cksum < "$requirements" | cut -d' ' -f1)
  for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
    if "$candidate" -c "import sys, venv; sys.exit(not (3, $lowest) <= sys.version_info[:2] <= (3, ${highest:-99}))" 2>/dev/null; then
      python=$candidate
      break
    fi
  done
  if [ -z "$python" ]; then
    local range="or later"
    [ -z "$highest" ] || range="to 3.$highest"
    echo "bench $name: expected Python 3.$lowest $range, found none (set PYTHON to name one)" >&2
    exit 3
  fi
  [ -f "$stamp" ] && return
  rm -rf "$home"
  "$python" -m venv "$home/venv"
  "$home/venv/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: -r "$requirements" >&2
  touch "$stamp"
}
