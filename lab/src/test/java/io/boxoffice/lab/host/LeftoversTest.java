package io.boxoffice.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeftoversTest {
  @Test
  void onlyNamespacesOfALabAreRemoved() {
    assertThat(
            Leftovers.namespaces(
                "boxoffice-lab-db2 (id: 1)\nblue\nboxoffice-lab-db1\nmy-boxoffice-lab-x (id: 3)"))
        .containsExactly("boxoffice-lab-db2", "boxoffice-lab-db1");
    assertThat(Leftovers.namespaces("")).isEmpty();
  }
}
