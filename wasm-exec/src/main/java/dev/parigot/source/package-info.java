/** Where the code of a module comes from, as its compiler has noted it. */
@NullMarked
package dev.parigot.source;

import org.jspecify.annotations.NullMarked;
