#!/usr/bin/env bash
# Brings docker-compose.yml up on a real engine, breaks it in five ways, sees it healed by the producers' own counts,
# prints the figures, and takes it down. Exit code 0: all was as it should be.
#   test/compose/run.sh      pulls nothing: images that are missing must be there before, but mainstay's, which is built,
#                            and Grafana's, without which it runs the rest. An image of mainstay that is there is taken.
set -euo pipefail
cd "$(dirname "$0")/../.."

IMAGE=mainstay:0.1.0 BASE=node:24-slim
MOST_ADDED_MB=60 MOST_RESIDENT_MB=110
NETWORK=mainstay_ha1-main WAY_END=mainstay-main-1 ADDRESS=10.213.11.6

dc() { docker compose --progress quiet --profile incident "$@"; }
incident() { dc run --rm -T --no-deps incident "$@"; }
say() { printf '\n%s  %s\n' "$(date +%T)" "$*"; }
now_ms() { date +%s%3N; }
exists() { docker image inspect "$1" >/dev/null 2>&1; }
image_mb() { echo $(($(docker image inspect -f '{{.Size}}' "$1") / 1000000)); }
fail() {
  echo "FAILED: $*" >&2
  exit 1
}
end() {
  local code=$?
  ((code == 0)) || dc logs --tail 60 sidecar1 sidecar2 ha1 ha2 >&2
  dc down -v --timeout 5
  exit $code
}
# Waits until Alertmanager has this alert as it is to be: `firing`, or `over`.
await_alert() {
  local name=$1 wanted=$2 began=$(now_ms) found
  while (($(now_ms) - began < 180000)); do
    found=$(dc exec -T alertmanager amtool --alertmanager.url=http://127.0.0.1:9093 -o json alert query "alertname=$name")
    if [[ $([[ $found == *"$name"* ]] && echo firing || echo over) == "$wanted" ]]; then
      echo "$name is $wanted after $(($(now_ms) - began)) ms"
      return
    fi
    sleep 1
  done
  fail "$name is not $wanted"
}
# Of process 1, from /proc inside its container: what it has now, and the most that it has had.
resident() {
  dc exec -T "$1" node -p "
    const status = require('fs').readFileSync('/proc/1/status', 'latin1');
    const mb = (key) => (Number(new RegExp(key + ':\\\\s+(\\\\d+)').exec(status)[1]) * 1024 / 1e6).toFixed(1);
    mb('VmRSS') + ' ' + mb('VmHWM')"
}

[[ -z $(dc ps -q) ]] || fail 'the stack runs already: docker compose down -v'
exists $IMAGE || dc build
mapfile -t services < <(docker compose config --services)
if ! exists "$(docker compose config --images grafana)"; then
  say "No image of Grafana here: it is left out."
  mapfile -t services < <(docker compose config --services | grep -vx grafana)
fi
trap end EXIT

say "Up, on engine $(docker version --format '{{.Server.Version}}')"
started=$(now_ms)
dc up -d --pull never --no-build --wait --wait-timeout 180 "${services[@]}"
echo "healthy after $(($(now_ms) - started)) ms"
incident await main
dc exec -T sidecar1 mainstay status

say '1. A split brain: the way between ha1 and main is cut, and mended once both producers have sessions.'
cut=$(now_ms)
docker network disconnect $NETWORK $WAY_END
incident await split "$cut"
mended=$(now_ms)
docker network connect --ip $ADDRESS $NETWORK $WAY_END
echo 'Mended. Since then:'
incident await main "$mended"
sleep 20

say '2. Both sidecars are paused, and the brain is split: the alert fires, and is over once they go on.'
for sidecar in sidecar1 sidecar2; do dc exec -T $sidecar mainstay pause; done
docker network disconnect $NETWORK $WAY_END
incident await split "$(now_ms)"
docker network connect --ip $ADDRESS $NETWORK $WAY_END
await_alert MainstaySplitBrain firing
for sidecar in sidecar1 sidecar2; do dc exec -T $sidecar mainstay resume; done
incident await main "$(now_ms)"
await_alert MainstaySplitBrain over

say '3. The sidecars do not see each other, and main dies and returns: nobody goes back to it until they do.'
docker network disconnect mainstay_sidecars mainstay-sidecar2-1
died=$(now_ms)
incident tell kill
incident await backup "$died"
incident tell restart
incident stays backup 45
echo 'For 45 s after its return, with failback.after 30s, all have stayed on backup.'
dc exec -T sidecar1 mainstay status || true
joined=$(now_ms)
docker network connect --ip 10.213.31.6 mainstay_sidecars mainstay-sidecar2-1
echo 'The sidecars see each other again. Since then:'
incident await main "$joined"
sleep 20

say '4. The incident, as a newcomer has it.'
incident

say '5. A sidecar is told to end, as process 1.'
told=$(now_ms)
dc stop --timeout 10 sidecar1
code=$(docker inspect -f '{{.State.ExitCode}}' mainstay-sidecar1-1)
echo "ended after $(($(now_ms) - told)) ms with exit code $code"
((code == 0)) || fail 'a sidecar did not end in order'
dc start sidecar1

say 'Figures'
base=$(image_mb $BASE) all=$(image_mb $IMAGE)
echo "image $all MB, its base $base MB, added $((all - base)) MB"
((all - base <= MOST_ADDED_MB)) || fail "more than $MOST_ADDED_MB MB added to the base"
read -r now most < <(resident sidecar2)
echo "resident in sidecar2, Node $(dc exec -T sidecar2 node -p process.version): $now MB, at most $most MB"
awk "BEGIN { exit !($most < $MOST_RESIDENT_MB) }" || fail "more than $MOST_RESIDENT_MB MB resident"
docker stats --no-stream --format '{{.Name}} {{.MemUsage}} {{.CPUPerc}}' $(dc ps -q sidecar1 sidecar2)
incident await main
echo 'All is well.'
