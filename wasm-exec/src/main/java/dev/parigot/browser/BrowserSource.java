package dev.parigot.browser;

import dev.parigot.manifest.Manifest;
import java.util.Map;

/**
 * What an app consists of that is to run in a browser.
 *
 * @param name for people
 * @param modules the files of all services that the manifest names, by service
 * @param site the site's files by their paths, with {@code /}
 * @param config that its services get; whoever opens the app can read it
 * @param data what the store holds when the app is first opened, and when a visitor starts over:
 *     values by key, as {@link dev.parigot.manifest.StartingData} has them
 */
public record BrowserSource(
    String name,
    Manifest manifest,
    Map<String, byte[]> modules,
    Map<String, byte[]> site,
    Map<String, String> config,
    Map<String, byte[]> data) {}
