package dev.parigot.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.168.1.1",
        "198.19.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::ffff:0:7f00:1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::7f00:1",
        "100::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "4000::1",
        "5f00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void whatIsNotPublicIsRefused(String address) {
    assertThat(AddressRules.publicOnly().allow("example.org", InetAddress.ofLiteral(address)))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "93.184.216.34",
        "126.255.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "223.255.255.255",
        "2606:4700:4700::1111"
      })
  void whatIsPublicIsAllowed(String address) {
    assertThat(AddressRules.publicOnly().allow("example.org", InetAddress.ofLiteral(address)))
        .isTrue();
  }

  @Test
  void theOperatorAllowsHostsAddressesAndRanges() {
    AddressRules rules = AddressRules.allowing(List.of("Mail.internal", "10.1.0.0/16", "::1"));
    assertThat(rules.allow("mail.internal", InetAddress.ofLiteral("10.9.9.9"))).isTrue();
    assertThat(rules.allow("other.internal", InetAddress.ofLiteral("10.9.9.9"))).isFalse();
    assertThat(rules.allow("other.internal", InetAddress.ofLiteral("10.1.9.9"))).isTrue();
    assertThat(rules.allow("other.internal", InetAddress.ofLiteral("::1"))).isTrue();
    assertThat(rules.allow("other.internal", InetAddress.ofLiteral("127.0.0.1"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/x", "300.1.1.1", "fe80::/129"})
  void whatIsNoRangeIsRefused(String range) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AddressRules.allowing(List.of(range)))
        .withMessageStartingWith(range + " is no host");
  }
}
