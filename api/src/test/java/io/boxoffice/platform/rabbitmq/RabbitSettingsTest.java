package io.boxoffice.platform.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.ConnectionFactory;
import io.boxoffice.platform.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which addresses the service accepts, and that no message shows a password. */
class RabbitSettingsTest {

  @Test
  void withoutAnAddressThereIsNoRabbit() {
    RabbitSettings settings = new RabbitSettings(" ");
    assertThat(settings.isOn()).isFalse();
    settings.requireUsableUrl();
  }

  @Test
  void allPartsOfTheAddressAreUsed() {
    ConnectionFactory factory =
        new RabbitSettings("amqps://shop:qu%2Fi+et%25@broker.example:5673/box%2Foffice").factory();
    assertThat(factory.getHost()).isEqualTo("broker.example");
    assertThat(factory.getPort()).isEqualTo(5673);
    assertThat(factory.isSSL()).isTrue();
    assertThat(factory.getUsername()).isEqualTo("shop");
    assertThat(factory.getPassword()).isEqualTo("qu/i+et%");
    assertThat(factory.getVirtualHost()).isEqualTo("box/office");
  }

  @Test
  void portAndVirtualHostHaveDefaults() {
    ConnectionFactory plain = new RabbitSettings("amqp://u:p@[::1]").factory();
    assertThat(plain.getHost()).isEqualTo("::1");
    assertThat(plain.getPort()).isEqualTo(5672);
    assertThat(plain.getVirtualHost()).isEqualTo("/");
    assertThat(plain.isSSL()).isFalse();
    assertThat(new RabbitSettings("amqps://u:p@host/").factory().getPort()).isEqualTo(5671);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "broker",
        "http://u:secret@broker",
        "amqp://",
        "amqp:broker",
        "amqp://u:secret@",
        "amqp://u:secret@broker:0",
        "amqp://u:secret@broker:65536",
        "amqp://u:secret@broker:port",
        "amqp://u:secret@broker/a/b",
        "amqp://u:secret@broker?heartbeat=1",
        "amqp://u:secret@broker#secret",
        "amqp://secret@broker",
        "amqp://:secret@broker",
        "amqp://secret:@broker",
        "amqp://u:se cret@broker",
        "amqp://u:%zz-secret@broker"
      })
  void anotherFormStopsTheStartAndNamesTheSetting(String url) {
    assertThatThrownBy(new RabbitSettings(url)::requireUsableUrl)
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("RABBITMQ_URL")
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }

  @Test
  void theTextOfTheSettingsHasNoPassword() {
    assertThat(new RabbitSettings("amqp://u:secret@broker")).hasToString("RabbitSettings[]");
  }
}
