package dev.asyncjob.web;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Ends connections on which the head of a request takes too long. An idle timeout does not see
 * them: each byte that drips in begins it anew.
 */
final class SlowHeads implements LifeCycle.Listener {
  /** A head that is incomplete at two looks is too slow: it has taken one to two of these. */
  private static final long LOOK_SECONDS = 15;

  private final Server server;
  private Map<Connection, Seen> seen = Map.of();

  SlowHeads(Server server) {
    this.server = server;
  }

  @Override
  public void lifeCycleStarted(LifeCycle event) {
    lookLater();
  }

  private void lookLater() {
    server.getScheduler().schedule(this::look, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  private void look() {
    var now = new HashMap<Connection, Seen>();
    for (var connector : server.getConnectors()) {
      for (var endPoint : connector.getConnectedEndPoints()) {
        var connection = endPoint.getConnection();
        if (connection == null) {
          continue;
        }
        var before = seen.getOrDefault(connection, Seen.NEW);
        var after = before.next(connection);
        if (before.isHeadBegun() && after.isHeadBegun() && before.requests() == after.requests()) {
          endPoint.close();
        } else {
          now.put(connection, after);
        }
      }
    }
    seen = now;
    if (server.isRunning()) {
      lookLater();
    }
  }

  /**
   * A connection at a look.
   *
   * @param requests whose heads had come
   * @param bytes that had come with them
   * @param isHeadBegun whether more had come since
   */
  private record Seen(long requests, long bytes, boolean isHeadBegun) {
    static final Seen NEW = new Seen(0, 0, false);

    Seen next(Connection connection) {
      var requestsNow = connection.getMessagesIn();
      var bytesNow = connection.getBytesIn();
      var isRequestUnderWay = requestsNow > connection.getMessagesOut();
      return isRequestUnderWay || requestsNow > requests
          ? new Seen(requestsNow, bytesNow, false)
          : new Seen(requests, bytes, bytesNow > bytes);
    }
  }
}
