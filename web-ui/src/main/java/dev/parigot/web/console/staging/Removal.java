package dev.parigot.web.console.staging;

import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import dev.parigot.app.App;
import java.util.function.Consumer;

/** Asks whether a branch is to be taken out of staging. */
public final class Removal {
  private Removal() {}

  /** Asks, and hands the app in staging on if the answer is yes. */
  public static void ask(App staged, Consumer<App> remove) {
    ConfirmDialog dialog =
        new ConfirmDialog(
            "Delete the staging of " + staged.situation().branch() + "?",
            "Its services stop at once. Its releases, configuration and data are deleted, and the branch in the git repository of Parigot; yours keeps it. Production is not touched. This can't be undone.",
            "Delete",
            _ -> remove.accept(staged));
    dialog.setConfirmButtonTheme("error primary");
    dialog.setCancelable(true);
    dialog.open();
  }
}
