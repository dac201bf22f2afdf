package org.sysretreplay.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A web server with small answers, and those who ask it. */
final class WebServer {

  private static final byte[] ANSWER = "a small answer\n".getBytes();
  private static final int CLIENTS = 4;
  private static final int REQUESTS = 2_000;

  private WebServer() {}

  /** Serves until it is ended; prints its port. */
  public static void main(String[] arguments) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newFixedThreadPool(CLIENTS));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, ANSWER.length);
          exchange.getResponseBody().write(ANSWER);
          exchange.close();
        });
    server.start();
    System.out.println(server.getAddress().getPort());
  }

  /** Asks it some thousand times from several threads, over connections that stay open. */
  static void load(int port) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<?>> asking = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        asking.add(clients.submit(() -> ask(client, request)));
      }
      for (Future<?> each : asking) {
        each.get();
      }
    } finally {
      clients.shutdown();
    }
  }

  private static Void ask(HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    for (int i = 0; i < REQUESTS; i++) {
      if (client.send(request, BodyHandlers.discarding()).statusCode() != 200) {
        throw new IOException("the server does not answer");
      }
    }
    return null;
  }
}
