/**
 * An app on its developer's machine: one process, real time, the addresses of production. See
 * DESIGN.md.
 */
@NullMarked
package dev.parigot.workbench;

import org.jspecify.annotations.NullMarked;
