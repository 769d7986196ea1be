package io.boxoffice.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressPartitionTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1,192.0.2.1",
    "::ffff:192.0.2.1,192.0.2.1",
    "2001:db8:1:2:3:4:5:6,20010db800010002/64",
    "2001:db8:1:2:ffff::1,20010db800010002/64",
    "[2001:db8:1:2::1],20010db800010002/64",
    "2001:db8:1:3::1,20010db800010003/64",
    "::1,0000000000000000/64",
    "2001:no:address,2001:no:address",
  })
  void anIpv6NetworkIsOnePartition(String address, String partition) {
    assertThat(AddressPartition.of(address)).isEqualTo(partition);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1,192.0.2.0/24",
    "192.0.2.255,192.0.2.0/24",
    "192.0.3.1,192.0.3.0/24",
    "::ffff:192.0.2.1,192.0.2.0/24",
    "2001:db8:1:2:3:4:5:6,20010db800010002/64",
  })
  void aNetworkHasTheFirst24BitsOrTheFirst64OfIpv6(String address, String network) {
    assertThat(AddressPartition.network(address)).isEqualTo(network);
  }
}
