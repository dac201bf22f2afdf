# A server and its client on the loopback interface; 12 requests over one curl.
python3 -I server.py &
server=$!
curl -s --retry 50 --retry-connrefused --retry-delay 1 -o /dev/null 'http://127.0.0.1:8642/[1-12]'
kill $server
wait $server
echo "served"
