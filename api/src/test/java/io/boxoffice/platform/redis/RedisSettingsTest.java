package io.boxoffice.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.platform.StartupException;
import io.dropwizard.util.Duration;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisSettingsTest {
  private static RedisSettings settings(String url) {
    return new RedisSettings(url, Duration.milliseconds(200));
  }

  @Test
  void withoutAnAddressThereIsNoRedis() {
    assertThat(settings(" ").isOn()).isFalse();
    settings(" ").requireUsableUrl();
  }

  @Test
  void anAddressHasDefaults() {
    RedisURI address = settings("redis://cache").address();
    assertThat(address.getHost()).isEqualTo("cache");
    assertThat(address.getPort()).isEqualTo(6379);
    assertThat(address.getDatabase()).isZero();
    assertThat(address.isSsl()).isFalse();
    assertThat(settings("redis://[::1]:7000/2").address().getHost()).isEqualTo("::1");
  }

  @Test
  void userAndPasswordAreDecoded() {
    RedisURI address = settings("rediss://shop:a%2Fb%40c+d@cache.example.com:10000/3").address();
    RedisCredentials credentials =
        address.getCredentialsProvider().resolveCredentials().toFuture().join();
    assertThat(credentials.getUsername()).isEqualTo("shop");
    assertThat(new String(credentials.getPassword())).isEqualTo("a/b@c+d");
    assertThat(address.getPort()).isEqualTo(10000);
    assertThat(address.getDatabase()).isEqualTo(3);
  }

  @Test
  void tlsChecksTheIdentityOfTheServer() {
    RedisURI address = settings("rediss://cache").address();
    assertThat(address.isSsl()).isTrue();
    assertThat(address.getVerifyMode()).isEqualTo(SslVerifyMode.FULL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cache:6379",
        "http://cache",
        "redis:cache",
        "redis://",
        "redis://:secret@",
        "redis://secret@cache",
        "redis://user:@cache",
        "redis://user:se cret@cache",
        "redis://user:se/cret@cache",
        "redis://cache:0",
        "redis://cache:70000",
        "redis://cache/first",
        "rediss://cache?verifyPeer=NONE",
        "redis-sentinel://cache"
      })
  void anotherFormStopsTheStartAndIsNotShown(String url) {
    assertThatThrownBy(() -> settings(url).requireUsableUrl())
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("REDIS_URL is not valid. Expected is redis://HOST")
        .hasMessageNotContainingAny("secret", "cache", "se cret")
        .hasNoCause();
  }

  @Test
  void theTextOfTheSettingsHasNoPassword() {
    assertThat(settings("redis://:secret@cache").toString()).doesNotContain("secret");
  }
}
