#!/usr/bin/env bash
# A Slurm of one machine, an array of four jobs in it, and their merged report against that of one run: tools/slurm/try.sh [ARGUMENT...].
# The arguments go to `weigh run`; without any, the default model on few cases. Needs root, Debian's slurm-wlm and munge, Python 3,
# and `weigh` on the PATH or in CARGO_TARGET_DIR/debug. Everything is in a folder of its own, and what it starts it ends.
set -euo pipefail
cd "$(dirname "$0")/../.."
target="$(realpath -m "${CARGO_TARGET_DIR:-target}")"
command -v weigh > /dev/null || export PATH="$target/debug:$PATH"
[ $# -gt 0 ] || set -- --suite safety/refusal --suite reliability/choices --suite multilingual/knowledge --lang en --limit 4
work="$(mktemp -d "${TMPDIR:-/tmp}/weigh-slurm.XXXXXX")"
chmod 755 "$work"
mkdir -p "$work"/{state,spool,log,munge,shards}
chown munge: "$work/munge"
started=()
finish() { for pid in "${started[@]}"; do kill "$pid" 2> /dev/null || true; done; wait 2> /dev/null || true; }
trap finish EXIT

host="$(hostname -s)"
export SLURM_CONF="$work/slurm.conf"
cat > "$SLURM_CONF" << CONF
ClusterName=try
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=16817
SlurmdPort=16818
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket
CryptoType=crypto/munge
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF

head -c 1024 /dev/urandom > "$work/munge/key"
chown munge: "$work/munge/key" && chmod 400 "$work/munge/key"
setpriv --reuid munge --regid munge --clear-groups munged --foreground --force --key-file "$work/munge/key" --socket "$work/munge/socket" \
  --pid-file "$work/munge/pid" --seed-file "$work/munge/seed" --log-file "$work/munge/log" &
started+=($!)
for _ in $(seq 50); do [ -S "$work/munge/socket" ] && break || sleep 0.2; done
slurmctld -D > "$work/log/slurmctld" 2>&1 &
started+=($!)
slurmd -D -N "$host" > "$work/log/slurmd" 2>&1 &
started+=($!)
for _ in $(seq 100); do [ "$(sinfo -h -o %t 2> /dev/null)" = idle ] && break || sleep 0.5; done
sinfo || { tail -n 5 "$work"/log/*; exit 1; }

cat > "$work/job.sh" << 'JOB'
#!/bin/sh
out="$WORK/shards/$SLURM_ARRAY_TASK_ID"
if [ -e "$out/journal.jsonl" ]; then exec weigh run --resume --out "$out" --threads 1; fi
rm -rf "$out"
exec nice -n 10 weigh run --shard auto --out "$out" --threads 1 "$@"
JOB
WORK="$work" sbatch --wait --array=0-3 --cpus-per-task=1 --chdir="$PWD" --output="$work/log/job-%a" --export=ALL "$work/job.sh" "$@"
tail -n 1 "$work"/log/job-?
weigh merge "$work"/shards/* --out "$work/merged" | tail -n 1
weigh verify "$work/merged" | tail -n 1
nice -n 10 weigh run --threads 1 --out "$work/whole" "$@" | tail -n 1
python3 - "$work"/{whole,merged}/report.json << 'PYTHON'
import json, sys
one, other = (json.load(open(path, encoding="utf-8"))["predicate"] for path in sys.argv[1:])
differ = [key for key in one if one[key] != other.get(key)] + [key for key in other if key not in one]
print("differ:", ", ".join(differ))
sys.exit(differ != ["id", "record"])
PYTHON
echo "all is in $work"
