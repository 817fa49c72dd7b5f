/** Channels: what services publish, and those who listen to it over HTTP. */
@NullMarked
package dev.parigot.channel;

import org.jspecify.annotations.NullMarked;
