package dev.parigot.web.console.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.time.Instant;

/** A moment in words that renew themselves in the browser; the exact time is told on hover. */
@Tag("parigot-time")
@JsModule("context://console/relative-time.js")
public final class Moment extends Component {
  public Moment(Instant at) {
    getElement().setAttribute("at", at.toString());
  }
}
