package io.boxoffice.stress.compare.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.stress.compare.audit.Answer;
import io.boxoffice.stress.compare.audit.Audit;
import io.boxoffice.stress.compare.audit.Effects;
import io.boxoffice.stress.compare.audit.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageViewsTest {
  private static final Window WINDOW = new Window(0, 1_000);

  private final List<Answer> answers =
      List.of(
          new Answer("second", 1, 20, 202, true, ""),
          new Answer("first", 2, 10, 202, true, ""),
          new Answer("unanswered", 3, 30, 0, false, Answer.CONNECTION_LOST),
          new Answer("never sent", 3, 30, 0, false, Answer.NO_CONNECTION),
          new Answer("refused", 3, 30, 503, false, "overloaded"));

  @Test
  void theSumCompletesViewsInTheOrderOfTheirAnswers() {
    Effects effects =
        PageViews.effects(answers, List.of(new PageViews.Sum(100, 1), new PageViews.Sum(200, 2)));
    assertThat(effects.first("first")).isEqualTo(100);
    assertThat(effects.first("second")).isEqualTo(200);
    assertThat(effects.count("unanswered")).isZero();
  }

  @Test
  void aMissingViewIsLost() {
    Effects effects = PageViews.effects(answers, List.of(new PageViews.Sum(100, 1)));
    assertThat(Audit.of(answers, effects, WINDOW).lost()).isEqualTo(1);
  }

  @Test
  void aViewWithoutAnAnswerMayBeCounted() {
    Effects effects = PageViews.effects(answers, List.of(new PageViews.Sum(100, 3)));
    Audit audit = Audit.of(answers, effects, WINDOW);
    assertThat(audit.failedButDone()).isEqualTo(1);
    assertThat(audit.twice()).isZero();
  }

  @Test
  void whatIsLeftWasCountedTwice() {
    Effects effects = PageViews.effects(answers, List.of(new PageViews.Sum(100, 5)));
    assertThat(Audit.of(answers, effects, WINDOW).twice()).isEqualTo(2);
  }
}
