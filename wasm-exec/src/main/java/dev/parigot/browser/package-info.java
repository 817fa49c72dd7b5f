/** Makes an app ready to run in a browser: a page with a runtime, and the app's own files. */
@NullMarked
package dev.parigot.browser;

import org.jspecify.annotations.NullMarked;
