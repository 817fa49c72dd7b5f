package dev.parigot.web.console.staging;

import dev.parigot.app.App;
import dev.parigot.app.Branch;
import dev.parigot.release.Difference;
import dev.parigot.release.Release;
import dev.parigot.web.console.app.AppState;
import java.util.Optional;

/**
 * What is true of one branch in staging at one moment.
 *
 * @param difference from what is live in production; empty before the first push
 */
record Staged(App app, AppState state, Optional<Release> live, Optional<Difference> difference) {
  Branch branch() {
    return app.situation().branch();
  }
}
