package io.boxoffice.process.broken;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Sends requests to one port, on as few connections as the responses allow, and checks every
 * response against the rules.
 */
final class Conversation {
  private final int port;
  private final AnswerRules rules;
  private final Findings findings;

  Conversation(int port, AnswerRules rules, Findings findings) {
    this.port = port;
    this.rules = rules;
    this.findings = findings;
  }

  /**
   * Sends the requests. Only the last one may be unsound.
   *
   * @param atOnce whether to send all requests before the first response
   */
  void hold(List<BrokenRequest> requests, boolean atOnce) {
    List<BrokenRequest> left = onOneConnection(requests, atOnce);
    while (!left.isEmpty()) {
      left = onOneConnection(left, false);
    }
  }

  /** Sends requests on one connection until it ends. Returns the requests without a result. */
  private List<BrokenRequest> onOneConnection(List<BrokenRequest> requests, boolean atOnce) {
    try (Line line = new Line(port)) {
      if (atOnce) {
        line.send(requests.stream().map(BrokenRequest::wire).collect(Collectors.joining()));
      }
      boolean mayHaveEnded = atOnce;
      Answer last = null;
      for (int i = 0; i < requests.size(); i++) {
        BrokenRequest request = requests.get(i);
        List<BrokenRequest> others = requests.subList(i + 1, requests.size());
        if (!atOnce) {
          line.send(request.wire());
        }
        if (!request.isSound()) {
          readToTheEnd(line, request);
          return List.of();
        }
        Answer answer;
        try {
          answer = readFinal(line, request);
        } catch (UnsoundAnswerException unsound) {
          findings.add(unsound.getMessage(), request, null);
          return others;
        } catch (IOException reset) {
          answer = null;
        }
        if (answer == null) {
          return handleEndWithoutResponse(requests, i, mayHaveEnded, last);
        }
        last = answer;
        check(request, answer);
        if (answer.endsConnection()) {
          awaitEnd(line, request, answer);
          return others;
        }
        mayHaveEnded |= request.asksToClose();
      }
      line.endSending();
      awaitEnd(line, requests.get(requests.size() - 1), null);
      return List.of();
    } catch (IOException cause) {
      throw new UncheckedIOException("no connection to the server", cause);
    }
  }

  /**
   * Handles a connection that ended without a response. The request is sent again, unless it was
   * the only one sent on a new connection.
   */
  private List<BrokenRequest> handleEndWithoutResponse(
      List<BrokenRequest> requests, int at, boolean mayHaveEnded, Answer last) {
    BrokenRequest request = requests.get(at);
    if (at == 0 && !mayHaveEnded) {
      if (request.mayBeReset()) {
        findings.unanswered();
      } else {
        findings.add("connection ended without an answer", request, null);
      }
      return requests.subList(1, requests.size());
    }
    if (!mayHaveEnded) {
      findings.add("no 'Connection: close' before the end", requests.get(at - 1), last);
    }
    return requests.subList(at, requests.size());
  }

  private static Answer readFinal(Line line, BrokenRequest request) throws IOException {
    Answer answer = line.read(request.head());
    if (answer != null && answer.isInterim()) {
      throw new UnsoundAnswerException("an interim answer that was not asked for");
    }
    return answer;
  }

  private void readToTheEnd(Line line, BrokenRequest request) {
    boolean endsItself = request.ending() == BrokenRequest.Ending.CUT_OFF;
    if (endsItself) {
      line.endSending();
    }
    int count = 0;
    try {
      for (Answer answer = line.read(false); answer != null; answer = line.read(false)) {
        if (answer.isInterim()) {
          line.send(request.rest());
          continue;
        }
        count++;
        check(request, answer);
        if (answer.endsConnection() || mustCloseConnection(request, answer)) {
          line.awaitEnd();
          return;
        }
        if (!endsItself) {
          line.endSending();
        }
      }
    } catch (UnsoundAnswerException unsound) {
      findings.add(unsound.getMessage(), request, null);
      return;
    } catch (IOException reset) {
      // A server that closes a connection with unread bytes resets it.
    }
    if (count == 0) {
      findings.unanswered();
    }
  }

  private static boolean mustCloseConnection(BrokenRequest request, Answer answer) {
    boolean isRefused =
        answer.status() == 400 && answer.body().contains("\"code\":\"bad-request\"");
    return request.ending() == BrokenRequest.Ending.HUNG_UP
        && (isRefused || answer.status() == 408);
  }

  private void awaitEnd(Line line, BrokenRequest request, Answer answer) {
    try {
      line.awaitEnd();
    } catch (UnsoundAnswerException unsound) {
      findings.add(unsound.getMessage(), request, answer);
    }
  }

  private void check(BrokenRequest request, Answer answer) {
    findings.answered(answer.status());
    String breach = rules.breach(answer);
    if (breach != null) {
      findings.add(breach, request, answer);
    }
  }
}
