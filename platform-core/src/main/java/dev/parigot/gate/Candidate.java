package dev.parigot.gate;

import dev.parigot.app.AppId;
import dev.parigot.app.Branch;
import dev.parigot.manifest.Blueprint;
import org.jspecify.annotations.Nullable;

/**
 * What wants to go live.
 *
 * @param app the app in production, whatever the branch
 * @param commit the full id of the commit, or null
 * @param by the e-mail of who deploys
 * @param files where its modules are read
 */
public record Candidate(
    AppId app,
    Branch branch,
    @Nullable String commit,
    String by,
    Blueprint blueprint,
    Blueprint.Files files) {}
