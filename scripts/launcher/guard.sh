#!/bin/sh
# Outlives the launcher: told "roles PID…" and "engines PID…" on its input, it stops the roles and then the engines
# when that input ends. A shell, because it waits all day and should cost a megabyte, not a Node process.
trap '' INT HUP TERM
roles='' engines=''
while read -r kind pids; do
  case $kind in
    roles) roles=$pids ;;
    engines) engines=$pids ;;
    done) exit 0 ;;
  esac
done

# A zombie counts as gone: nobody may be there to collect it.
runs() {
  kill -0 "$1" 2>/dev/null || return 1
  [ -r "/proc/$1/stat" ] || return 0
  read -r stat <"/proc/$1/stat" || return 1
  case $stat in *') Z '*) return 1 ;; esac
}

any_runs() {
  for pid in "$@"; do runs "$pid" && return 0; done
  return 1
}

# stop TENTHS_OF_A_SECOND PID…
stop() {
  left=$1
  shift
  [ $# -gt 0 ] || return 0
  kill -TERM "$@" 2>/dev/null
  while any_runs "$@" && [ "$left" -gt 0 ]; do
    sleep 0.1
    left=$((left - 1))
  done
  kill -KILL "$@" 2>/dev/null
}

# shellcheck disable=SC2086 # the lists are split into words on purpose
stop 80 $roles
# shellcheck disable=SC2086
stop 100 $engines
