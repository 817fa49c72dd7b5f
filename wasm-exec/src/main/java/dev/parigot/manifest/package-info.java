/** The manifest of an app, parigot.toml, with every mistake told by line. */
@NullMarked
package dev.parigot.manifest;

import org.jspecify.annotations.NullMarked;
