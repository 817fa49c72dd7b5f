#!/bin/sh
# Deploys the app in this folder to a Parigot, from any CI that has a JDK 25, curl and tar.
#   PARIGOT_PLATFORM  its address, such as https://parigot.example.org
#   PARIGOT_TOKEN     an access token, made in the console; keep it as a secret of your CI
#   PARIGOT_APP       the app's name; not needed if parigot.toml has it
set -eu
: "${PARIGOT_PLATFORM:?set it to the address of your Parigot}"
: "${PARIGOT_TOKEN:?set it to an access token}"

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
curl -fsSL "$PARIGOT_PLATFORM/download/parigot.tar.gz" | tar -xz -C "$tools"
"$tools/parigot/bin/parigot" deploy . ${PARIGOT_APP:+--app "$PARIGOT_APP"}
