package io.boxoffice.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.mail.smtp.SmtpServer.Encryption;
import io.boxoffice.platform.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpServerTest {

  @ParameterizedTest
  @CsvSource({
    "smtps://mail.example.com,mail.example.com,465,TLS",
    "smtps://mail.example.com:2465,mail.example.com,2465,TLS",
    "smtp://mail.example.com,mail.example.com,587,STARTTLS_REQUIRED",
    "smtp://mail.example.com:25?starttls=required,mail.example.com,25,STARTTLS_REQUIRED",
    "smtp://mail.example.com?starttls=if-offered,mail.example.com,587,STARTTLS_IF_OFFERED",
    "smtp://mail.example.com?starttls=never,mail.example.com,587,NONE",
    "smtp://localhost:1025,localhost,1025,STARTTLS_IF_OFFERED",
    "smtp://127.0.0.1,127.0.0.1,587,STARTTLS_IF_OFFERED",
    "smtp://[::1]:25,::1,25,STARTTLS_IF_OFFERED",
    "smtp://127.0.0.1.example.com,127.0.0.1.example.com,587,STARTTLS_REQUIRED",
  })
  void aUrlNamesTheServerAndItsEncryption(
      String url, String host, int port, Encryption encryption) {
    assertThat(SmtpServer.parse(url)).isEqualTo(new SmtpServer(host, port, encryption, "", ""));
  }

  @Test
  void userAndPasswordAreDecodedAndNeverShown() {
    SmtpServer server =
        SmtpServer.parse("smtps://shop%40example.com:p%40ss%3Aw%2Frd+%25@mail.example.com");
    assertThat(server.user()).isEqualTo("shop@example.com");
    assertThat(server.password()).isEqualTo("p@ss:w/rd+%");
    assertThat(server).hasToString("mail.example.com:465");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mail.example.com",
        "mailto:secret@example.com",
        "smtp:///path",
        "http://user:secret@mail.example.com",
        "smtps://user:secret@mail.example.com:0",
        "smtps://user:secret@mail.example.com:65536",
        "smtps://user:secret@mail.example.com:port",
        "smtps://user:secret@mail.example.com/path",
        "smtps://user:secret@mail.example.com#part",
        "smtps://user:secret@mail.example.com?starttls=required",
        "smtp://user:secret@mail.example.com?starttls=sometimes",
        "smtp://user:secret@mail.example.com?starttls=required&debug=true",
        "smtp://user:secret@mail.example.com?starttls=never",
        "smtp://user:secret@mail.example.com?starttls=if-offered",
        "smtps://secret@mail.example.com",
        "smtps://user:@mail.example.com",
        "smtps://:secret@mail.example.com",
        "smtps://user:secret pass@mail.example.com",
        "smtps://user:secret%ZZ@mail.example.com",
      })
  void anythingElseStopsTheStartWithoutShowingThePassword(String url) {
    assertThatThrownBy(() -> SmtpServer.parse(url))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("SMTP_URL is not valid: ")
        .hasMessageContaining("Expected is smtps://")
        .hasNoCause()
        .message()
        .doesNotContain("secret");
  }
}
