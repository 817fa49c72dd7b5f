/** What a guest may import: one type per import module of the ABI, all behind one interceptor. */
@NullMarked
package dev.parigot.host;

import org.jspecify.annotations.NullMarked;
