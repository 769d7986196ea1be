package io.boxoffice.pageview;

import java.util.concurrent.CompletionStage;

/** Writes page views in one of the ways that {@link PageViewModule} selects. */
@FunctionalInterface
interface PageViewWriter {

  /**
   * Takes a view.
   *
   * @return ends when the request may be answered
   * @throws io.boxoffice.platform.error.ProblemException 503 when there is no room for it
   */
  CompletionStage<Void> write(PageView view);
}
