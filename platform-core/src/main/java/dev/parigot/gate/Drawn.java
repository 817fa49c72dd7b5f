package dev.parigot.gate;

import dev.parigot.browser.Rerun;
import dev.parigot.picture.Picture;
import org.jspecify.annotations.Nullable;

/**
 * How a test fails, as it is kept.
 *
 * @param rerun what a browser runs again; null if none can
 */
record Drawn(Picture picture, @Nullable Rerun rerun) {}
