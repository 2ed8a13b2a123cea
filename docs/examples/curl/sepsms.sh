#!/usr/bin/env bash
# Sends messages and one-time codes through a SEPSMS Box with curl.
#
#   export SEPSMS_URL=http://127.0.0.1:8580/api/v2 SEPSMS_KEY=sk_sep_...
#   ./sepsms.sh send 66812345678 "Hello"     ./sepsms.sh balance
#   ./sepsms.sh status UUID                  ./sepsms.sh otp 66812345678
set -euo pipefail

ORIGIN=${SEPSMS_ORIGIN:-SEPSMS}

ANSWER=$(mktemp)
trap 'rm -f "$ANSWER"' EXIT

# api METHOD PATH [curl options]: prints the answer; ends with 1 when the box refuses. Curl itself tries again after 429
# and 503, and waits as long as Retry-After says.
api() {
  local method=$1 path=$2
  shift 2
  if ! curl --silent --show-error --fail-with-body --max-time 30 --retry 3 --retry-connrefused --output "$ANSWER" \
    -X "$method" "$SEPSMS_URL$path" -H "X-API-Key: $SEPSMS_KEY" "$@"; then
    cat "$ANSWER" >&2
    return 1
  fi
  cat "$ANSWER"
  echo
}

# post PATH JSON [curl options]
post() {
  local path=$1 body=$2
  shift 2
  api POST "$path" -H 'Content-Type: application/json' -d "$body" "$@"
}

# json TEXT: the text as a JSON string.
json() {
  local text=${1//\\/\\\\}
  text=${text//\"/\\\"}
  text=${text//$'\n'/\\n}
  printf '"%s"' "${text//$'\t'/\\t}"
}

# field NAME: the value of a text in an answer.
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

case "${1:-}" in
  send)
    # The same Idempotency-Key at every try: a retry never becomes a second message.
    post /message/send "{\"origin\":$(json "$ORIGIN"),\"recipients\":[$(json "$2")],\"message\":$(json "$3")}" \
      -H "Idempotency-Key: $(date +%s)-$$-$RANDOM"
    ;;
  status) api GET "/message/$2" ;;
  balance) api GET /message/credit/balance ;;
  otp)
    sent=$(post /otp/send "{\"destination\":$(json "$2"),\"origin\":$(json "$ORIGIN")}")
    reference=$(echo "$sent" | field reference)
    echo "Reference $reference"
    read -r -p 'Code: ' pin
    post /otp/verify "{\"reference\":$(json "$reference"),\"pin\":$(json "$pin")}"
    ;;
  *)
    sed -n '2,7p' "$0"
    exit 2
    ;;
esac
