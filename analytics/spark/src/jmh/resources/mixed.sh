# Ordinary work of many kinds, over and over: mixed.sh TIMES SAMPLE-TRACES
# Programs start and end, files are read and written, a compiler, a database and threads run.
set -e
samples=$2
cd "$(mktemp -d)"
i=0
while [ $i -lt "$1" ]; do
  cp "$samples/compiler/primes.c" .
  gcc -O1 -c primes.c
  if command -v sqlite3; then
    sqlite3 -init "$samples/database/orders.sql" orders.db .quit
    rm -f orders.db
  fi
  sh "$samples/filesystem/walk.sh"
  find /usr/include /usr/share/doc -type f | wc -l
  grep -rl nothing_like_it /usr/include/x86_64-linux-gnu || true
  tar cf - /usr/include | gzip -1 | wc -c
  python3 -c 'import json, threading
for i in range(200):
    thread = threading.Thread(target=lambda: json.dumps(list(range(3000))))
    thread.start()
    thread.join()'
  for k in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    /bin/true
    /bin/echo $k | cat
  done
  i=$((i + 1))
done >/dev/null 2>&1
rm -r "$PWD"
