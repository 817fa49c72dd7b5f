package dev.parigot.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.app.AppId;
import dev.parigot.observe.Events.Event;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventsTest {
  private static final AppId SHOP = new AppId(1);
  private static final AppId BLOG = new AppId(2);

  private final Events events = new Events();
  private final List<Event> told = new ArrayList<>();

  @Test
  void aFollowerIsToldOfItsAppUntilItLeaves() {
    Subscription place = events.follow(SHOP, told::add);
    events.publish(SHOP, Event.RELEASE);
    events.publish(BLOG, Event.DELETED);
    place.close();
    events.publish(SHOP, Event.CONFIG);
    assertThat(told).containsExactly(Event.RELEASE);
  }

  @Test
  void whoFollowsAllIsToldOfEachApp() {
    List<Events.News> all = new ArrayList<>();
    Subscription place = events.followAll(all::add);
    events.publish(SHOP, Event.RELEASE);
    events.publish(BLOG, Event.DELETED);
    place.close();
    events.publish(SHOP, Event.CONFIG);
    assertThat(all)
        .containsExactly(
            new Events.News(SHOP, Event.RELEASE), new Events.News(BLOG, Event.DELETED));
  }

  @Test
  void leavingTwiceLeavesTheOthersAlone() {
    Subscription first = events.follow(SHOP, told::add);
    try (Subscription _ = events.follow(SHOP, told::add)) {
      first.close();
      first.close();
      events.publish(SHOP, Event.PROGRESS);
      assertThat(told).containsExactly(Event.PROGRESS);
    }
  }

  @Test
  void aFollowerMayLeaveWhileItIsTold() {
    List<Subscription> place = new ArrayList<>();
    place.add(
        events.follow(
            SHOP,
            event -> {
              told.add(event);
              place.getFirst().close();
            }));
    events.publish(SHOP, Event.DELETED);
    events.publish(SHOP, Event.DELETED);
    assertThat(told).containsExactly(Event.DELETED);
  }
}
