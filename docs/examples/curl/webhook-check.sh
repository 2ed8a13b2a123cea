#!/usr/bin/env bash
# Checks the signature of a webhook from a SEPSMS Box, with openssl. The body comes on standard input, byte by byte as it
# was received; the header X-Webhook-Signature is the argument. Ends with 0 when the box has sent it, else with 1.
#
#   SEPSMS_WEBHOOK_SECRET=whsec_... ./webhook-check.sh "t=1737020405,v1=5f0c..." < body.json
set -euo pipefail

signature=$1
most_seconds=300

seconds=$(sed -n 's/^t=\([0-9]\{1,\}\),.*/\1/p' <<< "$signature")
age=$(($(date +%s) - ${seconds:-0}))
if [ "${age#-}" -gt "$most_seconds" ]; then
  echo 'refused: the signature is too old' >&2
  exit 1
fi

# The signed text is the time, a dot and the raw body. A body on a pipe keeps its last line break.
wanted=$({
  printf '%s.' "$seconds"
  cat
} | openssl dgst -sha256 -hmac "$SEPSMS_WEBHOOK_SECRET" | sed 's/.* //')

# There are two v1 parts for a day after the secret was rotated.
case ",$signature," in
  *",v1=$wanted,"*) echo 'good' ;;
  *)
    echo 'refused: the signature is wrong' >&2
    exit 1
    ;;
esac
