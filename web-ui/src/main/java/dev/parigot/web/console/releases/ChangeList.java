package dev.parigot.web.console.releases;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.parigot.release.Difference;
import dev.parigot.release.Difference.Gains;
import dev.parigot.release.Difference.Module;
import dev.parigot.release.Difference.Names;
import dev.parigot.release.Difference.ServiceChange;
import dev.parigot.release.Difference.Setting;
import dev.parigot.release.ReleasedService;
import dev.parigot.web.console.part.Measure;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is different, in words: a plus is there now, a minus no more. */
final class ChangeList extends Div {
  /** Names of files; of the others there is the count. */
  private static final int MOST_NAMES = 20;

  private final UnorderedList list = new UnorderedList();

  ChangeList(Difference difference) {
    addClassName("changes");
    difference.services().forEach(this::service);
    names("Site", difference.site().files());
    if (!Objects.equals(difference.site().serviceBefore(), difference.site().serviceNow())) {
      list.add(
          new ListItem(
              "Site: what no file matches goes to "
                  + named(difference.site().serviceNow())
                  + ", went to "
                  + named(difference.site().serviceBefore())));
    }
    names("Configuration", difference.config());
    names("Queues", difference.queues());
    names("Schedules", difference.cron());
    names("Channels", difference.channels());
    names("Sign-in", difference.signIn());
    UnorderedList hosts = new UnorderedList();
    gains(hosts, "outbound", difference.outbound(), host -> host);
    if (hosts.getComponentCount() > 0) {
      list.add(new ListItem(new Span("Hosts that may be reached"), hosts));
    }
    if (list.getComponentCount() == 0) {
      add(new Paragraph("Nothing differs."));
      return;
    }
    add(list);
    if (!difference.unchanged().isEmpty()) {
      Paragraph same = new Paragraph("Unchanged: " + String.join(", ", difference.unchanged()));
      same.addClassName("soft");
      add(same);
    }
  }

  private static String named(@Nullable String service) {
    return service == null ? "nothing" : service;
  }

  private void service(ServiceChange change) {
    Span name = new Span(change.name());
    name.addClassName("mono");
    Span kind = new Span(change.kind().name().toLowerCase(Locale.ROOT));
    kind.addClassName("tag");
    Div head = new Div(name, kind, new Span(sizes(change.before(), change.now())));
    head.addClassName("heading");
    UnorderedList parts = new UnorderedList();
    gains(parts, "method", change.methods(), method -> method);
    gains(parts, "calls", change.calls(), ChangeList::call);
    gains(parts, "over HTTP", change.exposed(), method -> method);
    if (change.capabilities() != null) {
      gains(parts, "imports", change.capabilities(), module -> module);
    }
    change.settings().forEach(setting -> parts.add(new ListItem(told(setting))));
    ListItem item = new ListItem(head);
    if (parts.getComponentCount() > 0) {
      item.add(parts);
    }
    list.add(item);
  }

  private static String sizes(@Nullable Module before, @Nullable Module now) {
    if (before == null || now == null) {
      Module only = Objects.requireNonNull(before == null ? now : before);
      return Measure.bytes(only.size());
    }
    return before.equals(now)
        ? "the same bytes"
        : Measure.bytes(before.size()) + " → " + Measure.bytes(now.size());
  }

  private static String call(ReleasedService.Call call) {
    return call.service() + "." + call.method() + (call.async() ? " without waiting" : "");
  }

  private static String told(Setting setting) {
    return switch (setting.name()) {
      case "memoryBytes" ->
          "memory " + Measure.bytes(setting.before()) + " → " + Measure.bytes(setting.now());
      case "timeoutMillis" ->
          "timeout "
              + Measure.duration(setting.before() * 1_000_000)
              + " → "
              + Measure.duration(setting.now() * 1_000_000);
      case "signedIn" ->
          setting.now() == 1
              ? "over HTTP for those who are signed in, was for everybody"
              : "over HTTP for everybody, was for those who are signed in";
      default -> setting.name() + " " + setting.before() + " → " + setting.now();
    };
  }

  private static <T> void gains(
      UnorderedList parts, String what, Gains<T> gains, Function<T, String> text) {
    gains.gained().forEach(each -> parts.add(mark("gained", "+ ", what, text.apply(each))));
    gains.lost().forEach(each -> parts.add(mark("lost", "− ", what, text.apply(each))));
  }

  private static ListItem mark(String name, String sign, String what, String text) {
    Span told = new Span(sign + what + " " + text);
    told.addClassNames("mono", name);
    return new ListItem(told);
  }

  private void names(String what, Names names) {
    name(what + " added: ", names.added());
    name(what + " changed: ", names.changed());
    name(what + " removed: ", names.removed());
  }

  private void name(String begin, List<String> names) {
    if (!names.isEmpty()) {
      int more = names.size() - MOST_NAMES;
      list.add(
          new ListItem(
              begin
                  + String.join(", ", names.stream().limit(MOST_NAMES).toList())
                  + (more > 0 ? ", and %,d more".formatted(more) : "")));
    }
  }
}
