/**
 * What it takes to debug an app: its debugging information, its source files, the debugger's port.
 */
@NullMarked
package dev.parigot.debug;

import org.jspecify.annotations.NullMarked;
