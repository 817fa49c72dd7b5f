package dev.parigot.web.console.demos;

import dev.parigot.demo.Demos;
import dev.parigot.release.Releases;
import dev.parigot.web.Addresses;
import dev.parigot.web.console.Pulse;
import java.time.Clock;

/** What it takes to share a release, and to show what was shared. */
public record Sharing(
    Demos demos, Releases releases, Addresses addresses, Clock clock, Pulse pulse) {}
