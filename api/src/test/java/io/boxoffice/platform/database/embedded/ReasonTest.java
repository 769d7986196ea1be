package io.boxoffice.platform.database.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ReasonTest {
  @Test
  void theLastFatalLineOfAServerIsTheReason() {
    assertThat(
            Reason.in(
                """
                waiting for server to start....2026-11-29 00:42:15.464 UTC [27548] LOG:  starting
                2026-11-29 00:42:15.470 UTC [27557] PANIC:  could not locate a valid checkpoint record
                2026-11-29 00:42:15.472 UTC [27548] LOG:  shutting down
                 stopped waiting
                pg_ctl: could not start server
                Examine the log output.
                """))
        .isEqualTo("could not locate a valid checkpoint record");
  }

  @Test
  void theErrorOfInitdbIsTheReason() {
    assertThat(
            Reason.in(
                """
                fixing permissions on existing directory ... ok
                initdb: error: could not create directory "x": No space left on device
                initdb: removing contents of data directory "x"
                """))
        .isEqualTo("could not create directory \"x\": No space left on device");
  }

  @Test
  void aFullDiskIsTheReasonEvenIfOtherFailuresFollow() {
    assertThat(
            Reason.in(
                """
                2026-11-29 00:42:15.470 UTC [1] ERROR:  could not write to file "x": No space left on device
                2026-11-29 00:42:15.471 UTC [1] PANIC:  cannot abort transaction 1, it was already committed
                child process was terminated by signal 6: Aborted
                """))
        .isEqualTo("could not write to file \"x\": No space left on device");
  }

  @Test
  void withoutAFatalLineTheLastLineIsTheReason() {
    assertThat(Reason.in("one\n\"root\" execution is not permitted.\n\npg_ctl: could not start\n"))
        .isEqualTo("\"root\" execution is not permitted.");
    assertThat(Reason.in("")).isEmpty();
  }

  @Test
  void javaExceptionsBecomeReadableReasons() {
    assertThat(Reason.of(new AccessDeniedException("/a"))).isEqualTo("no permission for /a");
    assertThat(Reason.of(new NoSuchFileException("/a"))).isEqualTo("/a is missing");
    assertThat(Reason.of(new FileSystemException("/a", null, "File name too long")))
        .isEqualTo("/a: File name too long");
    assertThat(Reason.of(new IOException("first\nsecond"))).isEqualTo("first");
    assertThat(Reason.of(new IOException())).isEqualTo("IOException");
  }

  @Test
  void aFullDiskNeedsRoomAndABrokenSettingMends() {
    assertThat(Reason.advice("write: No space left on device", "other")).contains("Make room");
    assertThat(Reason.advice("could not load /a/pg_hba.conf", "other")).contains("Mend that file");
    assertThat(Reason.advice("anything else", "other")).isEqualTo("other");
  }
}
