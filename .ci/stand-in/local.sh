# shellcheck shell=bash
# Sourced by a script that has made the folder $work: free ports, and a PostgreSQL of Debian's packages, which the script must
# stop at its end.

free_ports() { # COUNT
  python3 -c 'import socket, sys
sockets = [socket.socket() for _ in range(int(sys.argv[1]))]
for one in sockets: one.bind(("127.0.0.1", 0))
print(*(one.getsockname()[1] for one in sockets))' "$1"
}

# PostgreSQL does not run as root.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then setpriv --reuid postgres --regid postgres --clear-groups "$@"; else "$@"; fi
}

# Exports DATABASE_URL, and DATABASE_USER and DATABASE_PASSWORD of the owner of an empty database. As in Azure, the owner is no
# superuser. Fails if PostgreSQL is not installed.
start_postgresql() {
  local port
  postgresql=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
  [ -n "$postgresql" ] || return 1
  port=$(free_ports 1)
  chmod 755 "${work:?}"
  install -d -m 700 "$work/postgresql"
  [ "$(id -u)" != 0 ] || chown postgres "$work/postgresql"
  echo root >"$work/password"
  as_postgres "$postgresql/initdb" -D "$work/postgresql" -A scram-sha-256 -U root --pwfile="$work/password" >/dev/null
  as_postgres "$postgresql/pg_ctl" -D "$work/postgresql" -w -l "$work/postgresql/log" -o "-p $port -k ''" start >/dev/null
  PGPASSWORD=root "$postgresql/psql" -q -h 127.0.0.1 -p "$port" -U root postgres \
    -c "CREATE ROLE admin LOGIN CREATEROLE PASSWORD 'admin'" -c 'CREATE DATABASE boxoffice OWNER admin'
  export DATABASE_URL=jdbc:postgresql://127.0.0.1:$port/boxoffice DATABASE_USER=admin DATABASE_PASSWORD=admin
}

stop_postgresql() {
  [ ! -d "$work/postgresql" ] || as_postgres "$postgresql/pg_ctl" -D "$work/postgresql" -m immediate stop >/dev/null 2>&1 || true
}
