package dev.parigot.web.console.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.util.List;

/** The calls and errors of the last minutes as a row of bars. */
@Tag("parigot-sparkline")
@JsModule("context://console/sparkline.js")
public final class Sparkline extends Component {
  /** The calls that ended in one minute, and those of them that failed. */
  public record Minute(long calls, long errors) {}

  /**
   * @param minutes oldest first
   */
  public Sparkline(List<Minute> minutes) {
    getElement().setPropertyList("minutes", minutes);
  }
}
