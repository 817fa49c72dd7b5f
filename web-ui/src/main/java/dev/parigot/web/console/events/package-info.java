/** What happens in an app without a request: its schedules, and its queues. */
@NullMarked
package dev.parigot.web.console.events;

import org.jspecify.annotations.NullMarked;
