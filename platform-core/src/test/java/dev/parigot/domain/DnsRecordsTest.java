package dev.parigot.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;

/** Records as a name server on the loopback tells them. */
class DnsRecordsTest {
  private DatagramSocket socket;
  private DnsRecords records;

  @BeforeEach
  void serve() throws IOException {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::answerAll);
    records = DnsRecords.by(new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort()));
  }

  @AfterEach
  void stop() {
    socket.close();
  }

  private void answerAll() {
    byte[] buffer = new byte[1500];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        Message question = new Message(Arrays.copyOf(buffer, packet.getLength()));
        byte[] answer = answer(question).toWire();
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException e) {
        return; // Closed.
      }
    }
  }

  private static Message answer(Message question) throws IOException {
    Message answer = new Message(question.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.addRecord(question.getQuestion(), Section.QUESTION);
    Name name = question.getQuestion().getName();
    switch (name.toString()) {
      case "_parigot.shop.example.org." -> {
        answer.addRecord(
            new TXTRecord(name, DClass.IN, 60, List.of("parigot-", "in two parts")),
            Section.ANSWER);
        answer.addRecord(new TXTRecord(name, DClass.IN, 60, "another"), Section.ANSWER);
      }
      case "_parigot.alias.example.org." -> {
        Name target = Name.fromString("_parigot.shop.example.org.");
        answer.addRecord(new CNAMERecord(name, DClass.IN, 60, target), Section.ANSWER);
        answer.addRecord(new TXTRecord(target, DClass.IN, 60, "behind"), Section.ANSWER);
      }
      case "_parigot.refused.example.org." -> answer.getHeader().setRcode(Rcode.SERVFAIL);
      case "_parigot.empty.example.org." -> answer.getHeader().setRcode(Rcode.NOERROR);
      default -> answer.getHeader().setRcode(Rcode.NXDOMAIN);
    }
    return answer;
  }

  @Test
  void everyTextOfANameIsTold() {
    assertThat(records.texts("_parigot.shop.example.org"))
        .isEqualTo(new Records.Answer.Found(List.of("parigot-in two parts", "another")));
    assertThat(records.texts("_parigot.alias.example.org"))
        .isEqualTo(new Records.Answer.Found(List.of("behind")));
  }

  @Test
  void whatIsNotThereIsNoFailure() {
    Records.Answer none = new Records.Answer.Found(List.of());
    assertThat(records.texts("_parigot.absent.example.org")).isEqualTo(none);
    assertThat(records.texts("_parigot.empty.example.org")).isEqualTo(none);
  }

  @Test
  void aServerThatFailsOrIsAwayIsToldApart() {
    assertThat(records.texts("_parigot.refused.example.org"))
        .isInstanceOf(Records.Answer.Unanswered.class);
    socket.close();
    assertThat(records.texts("_parigot.shop.example.org"))
        .isInstanceOf(Records.Answer.Unanswered.class);
  }
}
