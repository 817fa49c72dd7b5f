/** The messages of queues, kept until they are delivered. */
@NullMarked
package dev.parigot.queue;

import org.jspecify.annotations.NullMarked;
