package dev.parigot.web.console.signin;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;

/** The page of someone who is not signed in. */
final class Door extends Main {
  Door(String title, Component... content) {
    addClassName("door");
    Span brand = new Span(new Span("Parigot"));
    brand.addClassName("brand");
    add(new Div(brand), new H1(title));
    add(content);
  }
}
