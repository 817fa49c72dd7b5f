package dev.parigot.web.console.tests;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import dev.parigot.picture.Picture;

/** What went wrong in a test, said and drawn; all of it happens in the browser. */
@Tag("parigot-failure")
@JsModule("context://console/failure-picture.js")
final class FailurePicture extends Component {
  FailurePicture(Picture picture) {
    getElement().setPropertyBean("picture", picture);
  }
}
