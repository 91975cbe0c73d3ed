#!/bin/sh
# Writes Kannel's configuration from the environment, and runs its two programs until one of them ends.
set -eu
here=$(dirname "$0")
made=$(mktemp)
# The first token is the one that is given out.
WEBHOOK_TOKEN=${WEBHOOK_TOKENS%%,*}
export WEBHOOK_TOKEN

envsubst <"$here/kannel.conf" >"$made"
operators=0
for operator in orange malitel telecel; do
  host=$(printenv "$(echo "$operator" | tr '[:lower:]' '[:upper:]')_SMPP_HOST" || true)
  if [ -n "$host" ]; then
    operators=$((operators + 1))
    echo >>"$made"
    envsubst <"$here/$operator.conf" >>"$made"
  fi
done

if [ "$operators" -eq 0 ]; then
  echo 'No operator has a host in operators.env: Kannel waits for one, and takes no SMS.'
  exec sleep infinity
fi

# -v 3: errors only on the console. Below that Kannel writes numbers and texts, whatever log-level says.
bearerbox -v 3 "$made" &
bearerbox=$!
# smsbox ends at once when bearerbox does not listen yet.
until bash -c 'exec 3<>/dev/tcp/127.0.0.1/13001' 2>/dev/null; do
  kill -0 "$bearerbox"
  sleep 0.2
done
smsbox -v 3 "$made" &
smsbox=$!

# Told twice to stop, bearerbox takes it for a fault.
stopping=
stop() {
  if [ -z "$stopping" ]; then
    stopping=1
    kill "$smsbox" "$bearerbox" 2>/dev/null || true
  fi
}
trap stop TERM INT
while kill -0 "$bearerbox" 2>/dev/null && kill -0 "$smsbox" 2>/dev/null; do
  sleep 1
done
stop
wait
