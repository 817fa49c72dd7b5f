/**
 * What a module offers and needs, read from its binary, and the graph that the modules of an app
 * form.
 */
@NullMarked
package dev.parigot.contract;

import org.jspecify.annotations.NullMarked;
