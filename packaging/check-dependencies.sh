#!/usr/bin/env bash
# Asks what is known against the libraries that ship: gives the bill of materials to the first scanner that is installed, and asks npm about
# the tools that build the page. Needs the network; the build does not.
#
#   packaging/check-dependencies.sh [BILL]     BILL: a CycloneDX file (default: the one that mvn package leaves behind)
#
# Exit status: 0 nothing is known, 1 something is, 2 nothing could be asked.
set -uo pipefail

home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
bill=${1:-$home/packaging/target/continuo.cdx.json}
known=0
unasked=0

[ -r "$bill" ] || { printf 'check-dependencies: no bill of materials at %s: mvn package makes it\n' "$bill" >&2; exit 2; }

# What a scanner says of itself: 0 for nothing found, one status for something found, all others for its own failure.
took() {
  local scanner=$1 found=$2 status=$3
  if [ "$status" -eq 0 ]; then printf 'check-dependencies: %s knows nothing against %s\n' "$scanner" "$bill"
  elif [ "$status" -eq "$found" ]; then known=1
  else printf 'check-dependencies: %s failed with status %s\n' "$scanner" "$status" >&2; unasked=1; fi
}

if command -v osv-scanner >/dev/null; then
  # It knows a bill by its name.
  osv-scanner scan source --lockfile "$bill"; took osv-scanner 1 $?
elif command -v trivy >/dev/null; then
  trivy sbom --quiet --exit-code 10 "$bill"; took trivy 10 $?
elif command -v grype >/dev/null; then
  grype --quiet --fail-on negligible "sbom:$bill"; took grype 2 $?
else
  cat >&2 <<'TELL'
check-dependencies: no scanner is installed. One of these will do:
  osv-scanner   https://google.github.io/osv-scanner/installation/
  trivy         https://trivy.dev/latest/getting-started/installation/
  grype         https://github.com/anchore/grype#installation
TELL
  unasked=1
fi

page=$home/supervision/page
if [ ! -r "$page/package-lock.json" ]; then
  : # An installed Continuo holds the built page alone.
elif command -v npm >/dev/null; then
  answer=$(cd "$page" && npm audit --json 2>/dev/null)
  status=$?
  if [[ $answer != *'"vulnerabilities"'* ]]; then
    printf 'check-dependencies: npm got no answer about %s\n' "$page" >&2; unasked=1
  elif [ "$status" -ne 0 ]; then
    (cd "$page" && npm audit); known=1
  else
    printf 'check-dependencies: npm knows nothing against %s\n' "$page"
  fi
else
  printf 'check-dependencies: without npm nothing is known of the tools that build the page\n' >&2; unasked=1
fi

[ "$known" -eq 0 ] || exit 1
[ "$unasked" -eq 0 ] || exit 2
