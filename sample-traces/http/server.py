"""Answers every request on 127.0.0.1:8642 with one line, until it is stopped."""
import socket

listener = socket.create_server(("127.0.0.1", 8642))
while True:
    client, _ = listener.accept()
    with client:
        client.recv(4096)
        client.sendall(b"HTTP/1.0 200 OK\r\nContent-Length: 6\r\n\r\nhello\n")
