package dev.parigot.web.console.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;

/** A button that copies a text to the clipboard, without asking the server. */
@Tag("parigot-copy")
@JsModule("context://console/copy-button.js")
public final class CopyButton extends Component implements HasStyle {
  /**
   * @param label what it does, for those who don't see what stands beside it
   */
  public CopyButton(String text, String label) {
    getElement().setAttribute("text", text).setAttribute("label", label);
  }
}
