package dev.parigot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parigot.host.GuestStop;
import org.junit.jupiter.api.Test;

class OccupancyTest {
  private final Occupancy occupancy = new Occupancy();

  @Test
  void nobodyEntersTwice() {
    occupancy.enter();
    assertThatThrownBy(occupancy::enter).isInstanceOf(IllegalStateException.class);
    occupancy.settle();
    assertThatThrownBy(occupancy::enter).isInstanceOf(IllegalStateException.class);
    assertThat(occupancy.leave(true)).isTrue();
    assertThatCode(occupancy::enter).doesNotThrowAnyException();
  }

  @Test
  void anUnsoundVisitIsTheLast() {
    occupancy.enter();
    occupancy.settle();
    assertThat(occupancy.leave(false)).isFalse();
    assertThatThrownBy(occupancy::enter).hasMessageContaining("ended");
  }

  @Test
  void aGuestInItsOwnCodeIsCancelledAtItsDeadline() {
    occupancy.enter();
    assertThat(occupancy.expire(occupancy.visit())).isTrue();
    assertThat(occupancy.cancelled()).isTrue();
    assertThatThrownBy(occupancy::goOutside).isInstanceOf(GuestStop.Overdue.class);
    assertThat(occupancy.settle()).isFalse();
    assertThat(occupancy.leave(true)).isFalse();
  }

  @Test
  void aGuestOutsideIsToldWhenItComesBack() {
    occupancy.enter();
    occupancy.goOutside();
    assertThat(occupancy.expire(occupancy.visit())).isFalse();
    occupancy.comeBack();
    assertThatThrownBy(occupancy::check).isInstanceOf(GuestStop.Overdue.class);
  }

  @Test
  void aVisitFoundLateDoesNotEndTheNextOne() {
    occupancy.enter();
    long late = occupancy.visit();
    occupancy.settle();
    occupancy.leave(true);
    occupancy.enter();
    assertThat(occupancy.expire(late)).isFalse();
    assertThatCode(occupancy::check).doesNotThrowAnyException();
    occupancy.settle();
    assertThat(occupancy.leave(true)).isTrue();
  }

  @Test
  void whoHasReturnedIsNotCancelledAnyMore() {
    occupancy.enter();
    assertThat(occupancy.settle()).isTrue();
    assertThat(occupancy.expire(occupancy.visit())).isFalse();
    assertThat(occupancy.leave(true)).isFalse();
  }

  @Test
  void anIdleInstanceEndsAtOnceAndOnlyOnce() {
    assertThat(occupancy.end()).isTrue();
    assertThat(occupancy.end()).isFalse();
    assertThatThrownBy(occupancy::enter).hasMessageContaining("ended");
  }

  @Test
  void aBusyInstanceEndsUnderItsGuest() {
    occupancy.enter();
    assertThat(occupancy.end()).isTrue();
    assertThat(occupancy.cancelled()).isTrue();
  }

  @Test
  void whoIsOutsideWhenItEndsLeavesIt() {
    occupancy.enter();
    occupancy.goOutside();
    assertThat(occupancy.end()).isFalse();
    occupancy.comeBack();
    assertThatThrownBy(occupancy::check).isInstanceOf(GuestStop.Cancelled.class);
    occupancy.settle();
    assertThat(occupancy.leave(true)).isFalse();
  }
}
